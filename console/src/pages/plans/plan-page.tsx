// One plan: its prices, what it grants, and who is subscribed to it.
import { type ReactNode, useState } from 'react';
import { updatePlanSchema } from '../../../../shared/api/catalog/plans.ts';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { PageFrame, Section } from '../../ui/page-frame.tsx';
import { Loaded } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { ActionButton } from '../resource/action-button.tsx';
import { ChangeForm } from '../resource/change-form.tsx';
import { EntitlementTable } from '../resource/entitlement-table.tsx';
import { EntityFacts } from '../resource/entity-facts.tsx';
import { DetailSearchSchema } from '../resource/list-search.ts';
import { usePathId } from '../../url/use-path-id.ts';
import { PriceTable } from '../resource/price-table.tsx';
import resource from '../resource/resource.module.css';
import { SubscriptionTable } from '../resource/subscription-table.tsx';
import { changedPlanSections } from './plan-form.ts';
import { PlanStatusDialog } from './plan-status-dialog.tsx';

export const Page = (): ReactNode => {
  const id = usePathId();
  const { search, setSearch } = useSearchState(DetailSearchSchema);
  const [isAsking, setIsAsking] = useState(false);
  const call = { route: 'getPlan', path: { id } } as const;
  const query = useApi(call, { keepsPrevious: false });
  const plan = query.data;
  const isPublished = plan?.status === 'published';
  return (
    <PageFrame
      key={plan === undefined ? 'reading' : 'read'}
      title={plan?.name ?? 'Plan'}
      heading={<VisibleText text={plan?.name ?? 'Plan'} />}
      lead={plan && (plan.description === '' ? 'Plan' : <VisibleText text={`Plan: ${plan.description}`} />)}
      actions={
        <>
          {plan && search.edit === '' && (
            <>
              <ActionButton
                route={isPublished ? 'deletePlan' : 'updatePlan'}
                look={isPublished ? 'danger' : 'primary'}
                onClick={() => {
                  setIsAsking(true);
                }}
              >
                {isPublished ? 'Archive' : 'Publish again'}
              </ActionButton>
              <ActionButton
                route="updatePlan"
                onClick={() => {
                  setSearch({ edit: '1' });
                }}
              >
                Edit
              </ActionButton>
              {isPublished && (
                <ActionButton
                  route="createSubscription"
                  look="primary"
                  href={`/subscriptions/new?plan=${encodeURIComponent(id)}`}
                >
                  Subscribe a customer
                </ActionButton>
              )}
            </>
          )}
          <CallButton call={call} />
        </>
      }
    >
      <Loaded query={query}>
        {(one) =>
          search.edit === '1' ? (
            <ChangeForm
              label={`Edit ${one.name}`}
              sections={changedPlanSections}
              entity={one}
              schema={updatePlanSchema}
              route="updatePlan"
              path={{ id }}
              onClose={() => {
                setSearch({ edit: '' }, { replace: true });
              }}
            />
          ) : (
            <div className={resource['columns']}>
              <div className={resource['main']}>
                <PriceTable plan={id} />
                <EntitlementTable plan={id} />
                <SubscriptionTable plan={id} />
              </div>
              <div className={resource['side']}>
                <Section title="Facts">
                  <EntityFacts
                    entity={one}
                    rows={[
                      [
                        'Lookup key',
                        one.lookup_key === '' ? undefined : (
                          <code key="key">
                            <VisibleText text={one.lookup_key} />
                          </code>
                        ),
                      ],
                      ['Description', one.description],
                      ['Order', one.display_order],
                    ]}
                  />
                </Section>
              </div>
            </div>
          )
        }
      </Loaded>
      {isAsking && plan && (
        <PlanStatusDialog
          plan={plan}
          onClose={() => {
            setIsAsking(false);
          }}
        />
      )}
    </PageFrame>
  );
};
