// Grants a feature to a plan or to a subscription.
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { createEntitlementSchema } from '../../../../shared/api/catalog/entitlements.ts';
import { useApi } from '../../api/use-api.ts';
import { textAt, type Values } from '../../forms/field-spec.ts';
import type { Body } from '../../forms/form-body.ts';
import { PageFrame } from '../../ui/page-frame.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { NewPage } from '../resource/new-page.tsx';
import { newEntitlementSections } from './entitlement-form.ts';
import { NewEntitlementSearchSchema } from './new-entitlement-search.ts';

const title = 'Grant a feature';

export const Page = (): ReactNode => {
  const { search } = useSearchState(NewEntitlementSearchSchema);
  // The same call as that of the field for the feature, so it is sent once.
  const features = useApi({
    route: 'listFeatures',
    query: { limit: 1000, sort: 'name', order: 'asc', status: 'published' },
  });
  const items = features.data?.items;
  const kindOf = useCallback(
    (values: Values): string => items?.find(({ id }) => id === textAt(values, 'feature_id'))?.type ?? 'metered',
    [items],
  );
  const isOfSubscription = search.subscription_id !== '';
  const sections = useMemo(() => newEntitlementSections(kindOf, isOfSubscription), [kindOf, isOfSubscription]);
  const complete = useCallback(
    (body: Body, values: Values): Body => ({
      ...body,
      ...(isOfSubscription && { entity_type: 'SUBSCRIPTION' }),
      feature_type: kindOf(values),
    }),
    [kindOf, isOfSubscription],
  );
  const home = isOfSubscription
    ? `/subscriptions/${encodeURIComponent(search.subscription_id)}`
    : `/catalog/plans/${encodeURIComponent(search.plan_id)}`;
  // A field reads the same again, which must not take the form away.
  const [isReady, setIsReady] = useState(false);
  if (!isReady && !features.isPending) setIsReady(true);
  if (!isReady) {
    return (
      <PageFrame title={title}>
        <Skeleton />
      </PageFrame>
    );
  }
  return (
    <NewPage
      title={title}
      lead={
        isOfSubscription
          ? 'It replaces or adds to what the plan of the subscription grants.'
          : 'Every subscription to the plan gets it.'
      }
      sections={sections}
      initial={{
        plan_id: search.plan_id,
        entity_id: search.subscription_id,
        feature_id: search.feature_id,
        is_enabled: 'true',
      }}
      schema={createEntitlementSchema}
      route="createEntitlement"
      complete={complete}
      submitLabel="Grant feature"
      back={search.back}
      listHref={search.plan_id === '' && !isOfSubscription ? '/catalog/features' : home}
      doneText="Granted the feature."
      hrefOf={({ entity_type: type, entity_id: id }) =>
        type === 'PLAN' ? `/catalog/plans/${encodeURIComponent(id)}` : `/subscriptions/${encodeURIComponent(id)}`
      }
    />
  );
};
