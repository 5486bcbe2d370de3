// Pages of customers, subscriptions and the catalog.
import { NewCustomerSearchSchema } from './customers/new-customer-search.ts';
import { NewEntitlementSearchSchema } from './entitlements/new-entitlement-search.ts';
import { NewFeatureSearchSchema } from './features/new-feature-search.ts';
import { NewMeterSearchSchema } from './meters/new-meter-search.ts';
import { NewPlanSearchSchema } from './plans/new-plan-search.ts';
import { NewPriceSearchSchema } from './prices/new-price-search.ts';
import { NewPriceUnitSearchSchema } from './price-units/new-price-unit-search.ts';
import { DetailSearchSchema, ListSearchSchema } from './resource/list-search.ts';
import { NewSubscriptionSearchSchema } from './subscriptions/new-subscription-search.ts';
import { SubscriptionSearchSchema } from './subscriptions/subscription-search.ts';
import type { PageEntry } from './page-entry.ts';

export const catalogPages: readonly PageEntry[] = [
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
];
