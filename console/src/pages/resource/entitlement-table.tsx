// Table of what a plan grants, or of the plans that grant a feature.
import { type ReactNode, useState } from 'react';
import type { EntitlementBody } from '../../../../shared/api/bodies/catalog.ts';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { groupedDigits } from '../../ui/digits.ts';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { ActionButton } from './action-button.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { grantText, resetText } from './entitlement-words.ts';
import resource from './resource.module.css';

interface EntitlementTableProps {
  readonly plan?: string;
  readonly feature?: string;
  /** Those that the subscription itself has, besides its plan. */
  readonly subscription?: string;
}

const most = 100;

export const EntitlementTable = ({ plan, feature, subscription }: EntitlementTableProps): ReactNode => {
  const [removed, setRemoved] = useState<EntitlementBody>();
  const owner = plan ?? subscription;
  const call = {
    route: 'listEntitlements',
    query: {
      ...(owner !== undefined && { entity_ids: owner }),
      ...(feature !== undefined && { feature_ids: feature }),
      expand: 'feature,plan',
      limit: most,
    },
  } as const;
  const query = useApi(call, { keepsPrevious: false });
  const prefill = new URLSearchParams({
    ...(plan !== undefined && { plan_id: plan }),
    ...(subscription !== undefined && { subscription_id: subscription }),
    ...(feature !== undefined && { feature_id: feature }),
  }).toString();
  return (
    <Section
      title={subscription === undefined ? 'Entitlements' : 'Entitlements of its own'}
      actions={
        <>
          <ActionButton
            route="createEntitlement"
            icon="plus"
            look="quiet"
            href={`/catalog/entitlements/new?${prefill}`}
          >
            {feature === undefined ? 'Grant a feature' : 'Grant it'}
          </ActionButton>
          <CallButton call={call} />
        </>
      }
    >
      <Loaded query={query} lines={2}>
        {({ items, pagination }) =>
          items.length === 0 ? (
            <p className={resource['muted']}>
              {feature !== undefined
                ? 'No plan grants it yet.'
                : subscription !== undefined
                  ? 'None besides those of its plan.'
                  : 'It grants no feature: no limits and no free allowance.'}
            </p>
          ) : (
            <div className={resource['scroll']} tabIndex={0} role="region" aria-label="Entitlements, table">
              <table className={resource['table']}>
                <thead>
                  <tr>
                    <th scope="col">{feature === undefined ? 'Feature' : 'Plan'}</th>
                    <th scope="col">Grants</th>
                    <th scope="col">Resets</th>
                    <th scope="col">
                      <span className={resource['small']}>Change</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((one) => (
                    <tr key={one.id}>
                      <th scope="row">
                        {feature === undefined ? (
                          <PageLink href={`/catalog/features/${encodeURIComponent(one.feature_id)}`}>
                            <VisibleText text={one.feature?.name ?? one.feature_id} />
                          </PageLink>
                        ) : (
                          <PageLink href={`/catalog/plans/${encodeURIComponent(one.entity_id)}`}>
                            <VisibleText text={one.plan?.name ?? one.entity_id} />
                          </PageLink>
                        )}
                      </th>
                      <td>{grantText(one)}</td>
                      <td>{resetText(one)}</td>
                      <td>
                        <PageLink href={`/catalog/entitlements/${encodeURIComponent(one.id)}`}>Edit</PageLink>{' '}
                        <Button
                          look="quiet"
                          onClick={() => {
                            setRemoved(one);
                          }}
                        >
                          Remove
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {pagination.total > most && (
                <p className={resource['small']}>{groupedDigits(pagination.total)} in all.</p>
              )}
            </div>
          )
        }
      </Loaded>
      {removed && (
        <ConfirmDialog
          title={`Stop granting ${removed.feature?.name ?? 'the feature'}?`}
          call={{ route: 'deleteEntitlement', path: { id: removed.id } }}
          confirmLabel="Remove entitlement"
          doneText="Removed the entitlement."
          onClose={() => {
            setRemoved(undefined);
          }}
        >
          <p>
            {removed.entity_type === 'PLAN'
              ? 'Every subscription to the plan loses its limit and its free allowance of this feature: all usage is billed.'
              : 'The subscription goes back to what its plan grants.'}
          </p>
        </ConfirmDialog>
      )}
    </Section>
  );
};
