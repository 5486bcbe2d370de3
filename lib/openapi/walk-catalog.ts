// The catalog part of the walk: meters, features, plans, prices, customers and subscriptions.
import type { JsonObject } from '../../shared/domain/json-text.ts';
import type { Walk } from './walk.ts';

export const eventName = 'model.usage';

const meterOf = (name: string): JsonObject => ({
  name,
  event_name: eventName,
  aggregation: { type: 'SUM', field: 'tokens' },
  filters: [{ key: 'model', values: ['large', 'small'] }],
  reset_usage: 'BILLING_PERIOD',
});
export const monthly = { billing_period: 'MONTHLY', billing_period_count: 1, invoice_cadence: 'ARREAR' };

const walkMeters = async ({ prepare, show, showOnce }: Walk): Promise<string> => {
  const id = await prepare('createMeter', meterOf('Tokens'));
  const others = [await prepare('createMeter', meterOf('Old')), await prepare('createMeter', meterOf('Older'))];
  await show('createMeter', { body: meterOf('Tokens of a model') });
  await show('listMeters', { query: { limit: 1 } });
  await show('getMeter', { path: { id } });
  await show('updateMeter', { path: { id }, body: { filters: [{ key: 'region', values: ['eu', 'us'] }] } });
  await showOnce('disableMeter', { path: { id: others[0] ?? '' } });
  await showOnce('deleteMeter', { path: { id: others[1] ?? '' } });
  return id;
};

const walkFeatures = async ({ prepare, show, showOnce }: Walk, meterId: string): Promise<string> => {
  const id = await prepare('createFeature', { name: 'Tokens', type: 'metered', meter_id: meterId });
  const old = await prepare('createFeature', { name: 'Old', type: 'boolean' });
  await showOnce('createFeature', { body: { name: 'Seats', type: 'static', lookup_key: 'seats' } });
  await show('listFeatures', { query: { limit: 1 } });
  await show('searchFeatures', { body: { feature_ids: [id], expand: 'meters' } });
  await show('getFeature', { path: { id } });
  await show('updateFeature', { path: { id }, body: { unit_singular: 'token', unit_plural: 'tokens' } });
  await showOnce('deleteFeature', { path: { id: old } });
  return id;
};

const walkCustomers = async ({ prepare, show, showOnce }: Walk): Promise<string> => {
  const email = 'billing@acme.example';
  const id = await prepare('createCustomer', { external_id: 'acme', name: 'Acme Inc.', email });
  const old = await prepare('createCustomer', { external_id: 'hooli', name: 'Hooli' });
  await showOnce('createCustomer', {
    body: { external_id: 'globex', name: 'Globex', timezone: 'Europe/Berlin', metadata: { tier: 'gold' } },
  });
  await show('listCustomers', { query: { limit: 1 } });
  await show('searchCustomers', { body: { external_ids: ['acme'] } });
  await show('getCustomer', { path: { id } });
  await show('getCustomerByExternalId', { path: { external_id: 'acme' } });
  await show('getCustomerByLookupKey', { path: { lookup_key: 'acme' } });
  await show('updateCustomer', { path: { id }, body: { metadata: { tier: 'gold' } } });
  await show('updateCustomerByQuery', { query: { external_customer_id: 'acme' }, body: { name: 'Acme' } });
  await showOnce('deleteCustomer', { path: { id: old } });
  return id;
};

const walkPlans = async ({ prepare, show, showOnce }: Walk): Promise<string> => {
  const id = await prepare('createPlan', { name: 'Pay as you go', lookup_key: 'pay_as_you_go' });
  const old = await prepare('createPlan', { name: 'Old' });
  await show('createPlan', { body: { name: 'Pro', description: 'For teams.' } });
  await show('listPlans', { query: { limit: 1 } });
  await show('searchPlans', { body: { plan_ids: [id] } });
  await show('getPlan', { path: { id } });
  await show('updatePlan', { path: { id }, body: { description: 'No fee.' } });
  await showOnce('deletePlan', { path: { id: old } });
  return id;
};

const walkPriceUnits = async ({ prepare, show, showOnce }: Walk): Promise<void> => {
  const unit = (name: string, code: string) => {
    return { name, code, symbol: '¢', base_currency: 'usd', conversion_rate: '0.01' };
  };
  const id = await prepare('createPriceUnit', unit('Credits', 'crd'));
  const old = await prepare('createPriceUnit', unit('Old', 'old'));
  await showOnce('createPriceUnit', { body: unit('Points', 'pts') });
  await show('listPriceUnits', { query: { limit: 1 } });
  await show('searchPriceUnits', { body: { price_unit_ids: [id] } });
  await show('getPriceUnit', { path: { id } });
  await show('getPriceUnitByCode', { path: { code: 'crd' } });
  await show('updatePriceUnit', { path: { id }, body: { name: 'Tollgate credits' } });
  await showOnce('deletePriceUnit', { path: { id: old } });
};

const walkPrices = async ({ prepare, show, showOnce }: Walk, planId: string, meterId: string): Promise<string> => {
  const ofPlan = { ...monthly, entity_type: 'PLAN', entity_id: planId, currency: 'usd', billing_model: 'FLAT_FEE' };
  const usage = { ...ofPlan, type: 'USAGE', meter_id: meterId, amount: '0.02' };
  const fee = { ...ofPlan, type: 'FIXED', amount: '10' };
  const id = await prepare('createPrice', { ...usage, lookup_key: 'tokens' });
  const old = await prepare('createPrice', fee);
  await showOnce('createPrice', { body: { ...usage, lookup_key: 'more_tokens' } });
  await show('createPricesBulk', { body: { items: [fee] } });
  await show('listPrices', { query: { limit: 1 } });
  await show('searchPrices', { body: { price_ids: [id] } });
  await show('getPrice', { path: { id } });
  await show('getPriceByLookupKey', { path: { lookup_key: 'tokens' } });
  await show('updatePrice', { path: { id }, body: { description: 'Tokens of every model.' } });
  await showOnce('deletePrice', { path: { id: old }, body: {} });
  return id;
};

const walkEntitlements = async ({ prepare, show, showOnce }: Walk, planId: string, featureId: string) => {
  const seats = await prepare('createFeature', { name: 'Support', type: 'boolean' });
  const granted = { plan_id: planId, feature_id: featureId, feature_type: 'metered', usage_limit: 1_000 };
  const id = await prepare('createEntitlement', granted);
  const yes = { plan_id: planId, feature_id: seats, feature_type: 'boolean', is_enabled: true };
  const other = await prepare('createPlan', { name: 'Enterprise' });
  const old = await prepare('createEntitlement', yes);
  await showOnce('createEntitlement', { body: { ...granted, plan_id: other, usage_reset_period: 'MONTHLY' } });
  await showOnce('createEntitlementsBulk', { body: { items: [{ ...yes, plan_id: other }] } });
  await show('listEntitlements', { query: { limit: 1 } });
  await show('searchEntitlements', { body: { plan_ids: [planId], feature_ids: [featureId] } });
  await show('getEntitlement', { path: { id } });
  await show('updateEntitlement', { path: { id }, body: { usage_limit: 2_000 } });
  await show('getPlanEntitlements', { path: { id: planId } });
  await showOnce('deleteEntitlement', { path: { id: old } });
};

/** Creates the catalog and returns the ids that later steps use. */
export const walkCatalog = async (walk: Walk) => {
  const meterId = await walkMeters(walk);
  const featureId = await walkFeatures(walk, meterId);
  const customerId = await walkCustomers(walk);
  const planId = await walkPlans(walk);
  await walkPriceUnits(walk);
  const priceId = await walkPrices(walk, planId, meterId);
  await walkEntitlements(walk, planId, featureId);
  return { meterId, customerId, planId, priceId };
};
