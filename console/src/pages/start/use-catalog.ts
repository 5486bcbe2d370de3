// Reads what of the catalog a first bill needs. What a reader chose is read by its id too, in case the lists are longer than a page.
import { useMemo } from 'react';
import { useApi } from '../../api/use-api.ts';
import type { Loadable } from '../../ui/states.tsx';
import type { Catalog } from './progress.ts';
import type { StartChoice } from './start-search.ts';

const page = { limit: 200 } as const;

const withChosen = <T extends { readonly id: string }>(items: readonly T[], one: T | null | undefined): readonly T[] =>
  one && !items.some(({ id }) => id === one.id) ? [one, ...items] : items;

export const useCatalog = (choice: StartChoice): Loadable<Catalog> => {
  const customers = useApi({ route: 'listCustomers', query: page });
  const meters = useApi({ route: 'listMeters', query: { ...page, status: 'published' } });
  const plans = useApi({ route: 'listPlans', query: page });
  const prices = useApi({ route: 'listPrices', query: { ...page, entity_type: 'PLAN' } });
  const entitlements = useApi({ route: 'listEntitlements', query: { ...page, entity_type: 'PLAN' } });
  const features = useApi({ route: 'listFeatures', query: { ...page, status: 'published' } });
  const subscriptions = useApi({ route: 'listSubscriptions', query: { ...page, subscription_status: 'active' } });
  const isLong = (total: number | undefined): boolean => (total ?? 0) > page.limit;
  const path = (id: string) => ({ path: { id } });
  const customer = useApi(
    isLong(customers.data?.pagination.total) && choice.customer !== ''
      ? { route: 'getCustomerByExternalId', path: { external_id: choice.customer } }
      : undefined,
  );
  const meter = useApi(
    isLong(meters.data?.pagination.total) && choice.meter !== ''
      ? { route: 'getMeter', ...path(choice.meter) }
      : undefined,
  );
  const plan = useApi(
    isLong(plans.data?.pagination.total) && choice.plan !== '' ? { route: 'getPlan', ...path(choice.plan) } : undefined,
  );
  const lists = [customers, meters, plans, prices, entitlements, features, subscriptions];
  const data = useMemo((): Catalog | undefined => {
    if (!customers.data || !meters.data || !plans.data || !prices.data || !subscriptions.data) return undefined;
    if (!entitlements.data || !features.data) return undefined;
    return {
      customers: withChosen(customers.data.items, customer.data),
      meters: withChosen(meters.data.items, meter.data),
      plans: withChosen(plans.data.items, plan.data),
      prices: prices.data.items,
      entitlements: entitlements.data.items,
      meterOfFeature: new Map(features.data.items.map(({ id, meter_id: of }) => [id, of])),
      subscriptions: subscriptions.data.items,
    };
  }, [
    customers.data,
    meters.data,
    plans.data,
    prices.data,
    entitlements.data,
    features.data,
    subscriptions.data,
    customer.data,
    meter.data,
    plan.data,
  ]);
  const failed = lists.find(({ error }) => error !== null);
  return {
    data,
    error: failed?.error ?? null,
    failureReason: failed?.failureReason ?? null,
    isPending: data === undefined,
    refetch: () => {
      for (const list of lists) if (list.error) void list.refetch();
    },
  };
};
