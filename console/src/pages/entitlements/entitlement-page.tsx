// Changes an entitlement.
import type { ReactNode } from 'react';
import type { EntitlementBody } from '../../../../shared/api/bodies/catalog.ts';
import { updateEntitlementSchema } from '../../../../shared/api/catalog/entitlements.ts';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { PageLink, useOpenPage } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { ChangeForm } from '../resource/change-form.tsx';
import { usePathId } from '../../url/use-path-id.ts';
import { changedEntitlementSections } from './entitlement-form.ts';

const ownerHref = ({ entity_type: type, entity_id: id }: EntitlementBody): string =>
  type === 'PLAN' ? `/catalog/plans/${encodeURIComponent(id)}` : `/subscriptions/${encodeURIComponent(id)}`;

export const Page = (): ReactNode => {
  const id = usePathId();
  const open = useOpenPage();
  const read = { route: 'getEntitlement', path: { id } } as const;
  const query = useApi(read, { keepsPrevious: false });
  const { data: feature } = useApi(query.data && { route: 'getFeature', path: { id: query.data.feature_id } });
  const name = feature?.name ?? 'a feature';
  return (
    <PageFrame
      key={query.data === undefined ? 'reading' : 'read'}
      title={`Entitlement: ${name}`}
      lead={
        query.data && (
          <>
            Granted by{' '}
            <PageLink href={ownerHref(query.data)}>
              {query.data.entity_type === 'PLAN' ? 'a plan' : 'a subscription'}
            </PageLink>
          </>
        )
      }
      actions={<CallButton call={read} />}
    >
      <Loaded query={query}>
        {(one) => (
          <ChangeForm
            label={`Change the entitlement to ${name}`}
            sections={changedEntitlementSections(one.feature_type)}
            entity={one}
            schema={updateEntitlementSchema}
            route="updateEntitlement"
            path={{ id }}
            onClose={() => {
              open(ownerHref(one));
            }}
          />
        )}
      </Loaded>
    </PageFrame>
  );
};
