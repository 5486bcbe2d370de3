// THE table of pages. A page is a file that exports `Page`, loaded when it is first opened, and a row here; the router, the rail,
// the search and the shortcuts read this table.
import { ChargesSearchSchema, PickSearchSchema } from './charges/charges-search.ts';
import { NewCustomerSearchSchema } from './customers/new-customer-search.ts';
import { NewEntitlementSearchSchema } from './entitlements/new-entitlement-search.ts';
import { EventSearchSchema } from './event/event-search.ts';
import { EventsSearchSchema } from './events/events-search.ts';
import { NewFeatureSearchSchema } from './features/new-feature-search.ts';
import { NewMeterSearchSchema } from './meters/new-meter-search.ts';
import { OverviewSearchSchema } from './overview/overview-search.ts';
import type { PageEntry } from './page-entry.ts';
import { NewPlanSearchSchema } from './plans/new-plan-search.ts';
import { NewPriceUnitSearchSchema } from './price-units/new-price-unit-search.ts';
import { NewPriceSearchSchema } from './prices/new-price-search.ts';
import { QuerySearchSchema } from './query/query-search.ts';
import { DetailSearchSchema, ListSearchSchema } from './resource/list-search.ts';
import { setUpPages } from './set-up-pages.ts';
import { NewSubscriptionSearchSchema } from './subscriptions/new-subscription-search.ts';
import { SubscriptionSearchSchema } from './subscriptions/subscription-search.ts';

export const pages: readonly PageEntry[] = [
  {
    path: '/',
    title: 'Overview',
    search: OverviewSearchSchema,
    load: () => import('./overview/overview-page.tsx'),
    rail: { icon: 'home', group: 'see' },
    key: 'o',
    needs: 'queryEvents',
  },
  {
    path: '/events',
    title: 'Events',
    search: EventsSearchSchema,
    load: () => import('./events/events-page.tsx'),
    rail: { icon: 'list', group: 'see' },
    key: 'e',
    needs: 'queryEvents',
  },
  {
    path: '/events/$id',
    title: 'Event',
    search: EventSearchSchema,
    load: () => import('./event/event-page.tsx'),
    needs: 'lookUpEvent',
  },
  {
    path: '/live',
    title: 'Live',
    search: EventsSearchSchema,
    load: () => import('./live/live-page.tsx'),
    rail: { icon: 'live', group: 'see' },
    key: 'l',
    needs: 'queryEvents',
  },
  {
    path: '/query',
    title: 'Query',
    search: QuerySearchSchema,
    load: () => import('./query/query-page.tsx'),
    rail: { icon: 'query', group: 'see' },
    key: 'q',
    needs: 'queryUsage',
  },
  {
    path: '/charges',
    title: 'Charges',
    search: PickSearchSchema,
    load: () => import('./charges/pick-page.tsx'),
    rail: { icon: 'receipt', group: 'bill' },
    key: 'c',
    needs: 'previewInvoice',
  },
  {
    path: '/charges/$id',
    title: 'Charges',
    search: ChargesSearchSchema,
    load: () => import('./charges/charges-page.tsx'),
    needs: 'previewInvoice',
  },
  {
    path: '/customers',
    title: 'Customers',
    search: ListSearchSchema,
    load: () => import('./customers/customers-page.tsx'),
    rail: { icon: 'person', group: 'bill' },
    key: 'u',
    needs: 'searchCustomers',
  },
  {
    path: '/customers/new',
    title: 'New customer',
    search: NewCustomerSearchSchema,
    load: () => import('./customers/new-customer-page.tsx'),
  },
  {
    path: '/customers/$id',
    title: 'Customer',
    search: DetailSearchSchema,
    load: () => import('./customers/customer-page.tsx'),
    needs: 'getCustomer',
  },
  {
    path: '/subscriptions',
    title: 'Subscriptions',
    search: ListSearchSchema,
    load: () => import('./subscriptions/subscriptions-page.tsx'),
    rail: { icon: 'subscription', group: 'bill' },
    key: 'b',
    needs: 'searchSubscriptions',
  },
  {
    path: '/subscriptions/new',
    title: 'New subscription',
    search: NewSubscriptionSearchSchema,
    load: () => import('./subscriptions/new-subscription-page.tsx'),
  },
  {
    path: '/subscriptions/$id',
    title: 'Subscription',
    search: SubscriptionSearchSchema,
    load: () => import('./subscriptions/subscription-page.tsx'),
    needs: 'getSubscription',
  },
  {
    path: '/catalog',
    title: 'Catalog',
    load: () => import('./catalog/catalog-page.tsx'),
    rail: { icon: 'catalog', group: 'bill' },
    key: 'm',
    needs: 'listMeters',
  },
  {
    path: '/catalog/meters',
    title: 'Meters',
    search: ListSearchSchema,
    load: () => import('./meters/meters-page.tsx'),
    needs: 'listMeters',
  },
  {
    path: '/catalog/meters/new',
    title: 'New meter',
    search: NewMeterSearchSchema,
    load: () => import('./meters/new-meter-page.tsx'),
  },
  {
    path: '/catalog/meters/$id',
    title: 'Meter',
    search: DetailSearchSchema,
    load: () => import('./meters/meter-page.tsx'),
    needs: 'listMeters',
  },
  {
    path: '/catalog/features',
    title: 'Features',
    search: ListSearchSchema,
    load: () => import('./features/features-page.tsx'),
    needs: 'listFeatures',
  },
  {
    path: '/catalog/features/new',
    title: 'New feature',
    search: NewFeatureSearchSchema,
    load: () => import('./features/new-feature-page.tsx'),
  },
  {
    path: '/catalog/features/$id',
    title: 'Feature',
    search: DetailSearchSchema,
    load: () => import('./features/feature-page.tsx'),
    needs: 'listFeatures',
  },
  {
    path: '/catalog/plans',
    title: 'Plans',
    search: ListSearchSchema,
    load: () => import('./plans/plans-page.tsx'),
    needs: 'listPlans',
  },
  {
    path: '/catalog/plans/new',
    title: 'New plan',
    search: NewPlanSearchSchema,
    load: () => import('./plans/new-plan-page.tsx'),
  },
  {
    path: '/catalog/plans/$id',
    title: 'Plan',
    search: DetailSearchSchema,
    load: () => import('./plans/plan-page.tsx'),
    needs: 'listPlans',
  },
  {
    path: '/catalog/prices',
    title: 'Prices',
    search: ListSearchSchema,
    load: () => import('./prices/prices-page.tsx'),
    needs: 'listPrices',
  },
  {
    path: '/catalog/prices/new',
    title: 'New price',
    search: NewPriceSearchSchema,
    load: () => import('./prices/new-price-page.tsx'),
  },
  {
    path: '/catalog/prices/$id',
    title: 'Price',
    search: DetailSearchSchema,
    load: () => import('./prices/price-page.tsx'),
    needs: 'listPrices',
  },
  {
    path: '/catalog/price-units',
    title: 'Price units',
    search: ListSearchSchema,
    load: () => import('./price-units/price-units-page.tsx'),
    needs: 'listPriceUnits',
  },
  {
    path: '/catalog/price-units/new',
    title: 'New price unit',
    search: NewPriceUnitSearchSchema,
    load: () => import('./price-units/new-price-unit-page.tsx'),
  },
  {
    path: '/catalog/price-units/$id',
    title: 'Price unit',
    search: DetailSearchSchema,
    load: () => import('./price-units/price-unit-page.tsx'),
    needs: 'listPriceUnits',
  },
  {
    path: '/catalog/entitlements/new',
    title: 'Grant a feature',
    search: NewEntitlementSearchSchema,
    load: () => import('./entitlements/new-entitlement-page.tsx'),
  },
  {
    path: '/catalog/entitlements/$id',
    title: 'Entitlement',
    load: () => import('./entitlements/entitlement-page.tsx'),
    needs: 'getEntitlement',
  },
  ...setUpPages,
];

/** The page that `/` opens. */
export const firstPage = '/';
