// The whole walk: the catalog, subscriptions, events, usage, charges and API keys.
import type { JsonObject } from '../../shared/domain/json-text.ts';
import { eventName, monthly, walkCatalog } from './walk-catalog.ts';
import { createWalk, type Examples, type Send, type Walk } from './walk.ts';

interface Plan {
  readonly planId: string;
  readonly priceId: string;
}

const walkLineItems = async ({ prepare, show, showOnce }: Walk, subscriptionId: string, priceId: string) => {
  const path = { id: subscriptionId };
  const price = { ...monthly, type: 'FIXED', billing_model: 'FLAT_FEE', amount: '5' };
  const seats = { price, quantity: 3, display_name: 'Seats' };
  const [changed, ended] = [await prepare('addLineItem', seats, path), await prepare('addLineItem', seats, path)];
  await show('addLineItem', { path, body: { price_id: priceId, display_name: 'More tokens' } });
  await show('searchLineItems', { body: { subscription_ids: [subscriptionId], limit: 1 } });
  await showOnce('updateLineItem', { path: { id: changed }, body: { amount: '4' } });
  await showOnce('deleteLineItem', { path: { id: ended }, body: {} });
};

const walkSubscriptions = async (walk: Walk, { planId, priceId }: Plan, startDate: string): Promise<string> => {
  const { prepare, show, showOnce } = walk;
  const terms = { external_customer_id: 'acme', plan_id: planId, currency: 'usd', billing_period: 'MONTHLY' };
  const id = await prepare('createSubscription', { ...terms, start_date: startDate });
  const ended = await prepare('createSubscription', terms);
  const draft = await prepare('createSubscription', { ...terms, subscription_status: 'draft' });
  await show('createSubscription', { body: { ...terms, start_date: startDate } });
  await show('listSubscriptions', { query: { limit: 1 } });
  await show('searchSubscriptions', { body: { subscription_ids: [id] } });
  await show('listSubscriptionsOfCustomer', { path: { external_id: 'acme' }, query: { limit: 1 } });
  await show('getSubscription', { path: { id } });
  await show('getSubscriptionV2', { path: { id }, query: { expand: 'plan,customer' } });
  await show('updateSubscription', { path: { id }, body: { cancel_at_period_end: false } });
  await show('getSubscriptionEntitlements', { path: { id } });
  await show('getCustomerEntitlementsByExternalId', { path: { external_id: 'acme' } });
  await showOnce('activateSubscription', { path: { id: draft }, body: { start_date: startDate } });
  await showOnce('cancelSubscription', { path: { id: ended }, body: { cancellation_type: 'immediate' } });
  await walkLineItems(walk, id, priceId);
  return id;
};

/** Walks through the operations on events; `drain` resolves once all sent events are processed. */
const walkEvents = async ({ prepare, show }: Walk, drain: () => Promise<void>): Promise<void> => {
  const event = (event_id: string, tokens: number): JsonObject => {
    const properties = { tokens, model: 'large', region: 'eu' };
    return { event_id, event_name: eventName, external_customer_id: 'acme', source: 'api', properties };
  };
  await prepare('ingestEvent', { ...event('call-0', 5), event_name: 'Model.Usage' });
  await show('ingestEvent', { body: event('call-1', 1_250) });
  await show('ingestEventsBulk', { body: { events: [event('call-2', 12.5), event('call-3', 40)] } });
  await drain();
  await show('previewEvent', { body: event('call-4', 7) });
  await show('listEvents', { query: { external_customer_id: 'acme', page_size: 2 } });
  const filters = { event_name: eventName, property_filters: { model: ['large'] } };
  await show('queryEvents', { body: { ...filters, status: ['processed'], expand: ['verdict'], page_size: 2 } });
  await show('followEvents', { query: { limit: 2 } });
  await show('lookUpEvent', { query: { id: 'call-1' } });
  await show('getEvent', { path: { id: 'call-1' } });
  const range = { start_time: '2026-01-01T00:00:00Z', end_time: '2100-01-01T00:00:00Z' };
  await show('listEventFailures', { body: { ...range, external_customer_id: 'acme' } });
  await show('listEventNames', { query: { search: 'model', limit: 2 } });
  await show('monitorEvents', { query: { window_size: 'DAY' } });
};

const walkUsage = async ({ show }: Walk, meterId: string, customerId: string, subscriptionId: string) => {
  const of = { external_customer_id: 'acme' };
  const usage = { ...of, event_name: eventName, aggregation_type: 'SUM', property_name: 'tokens' };
  await show('queryUsage', { body: { ...usage, window_size: 'DAY' } });
  await show('queryMeterUsage', { body: { ...of, meter_id: meterId } });
  await show('explainUsage', { body: { ...of, meter_id: meterId, page_size: 2 } });
  await show('analyzeUsage', { body: { ...of, group_by: ['properties.model'] } });
  await show('getSubscriptionUsage', { body: { subscription_id: subscriptionId } });
  await show('previewInvoice', { body: { subscription_id: subscriptionId, include: ['unbilled_events'] } });
  await show('getCustomerUsage', { query: { customer_lookup_key: 'acme' } });
  await show('getCustomerUsageById', { path: { id: customerId } });
  await show('getCustomerEntitlements', { path: { id: customerId } });
};

const walkKeys = async ({ prepare, show, showOnce }: Walk): Promise<void> => {
  const ingest = { name: 'ingest', type: 'private_key', roles: ['event_ingestor'] };
  await show('createApiKey', { body: { ...ingest, rate_limit: { per_second: 100 } } });
  await show('listApiKeys', { query: { limit: 1 } });
  await showOnce('deleteApiKey', { path: { id: await prepare('createApiKey', ingest) } });
  await show('whoAmI');
  await show('getOpenApi');
};

export interface WalkOptions {
  readonly send: Send;
  readonly drain: () => Promise<void>;
  /** RFC 3339, a few days ago. */
  readonly startDate: string;
  /** Whether to send requests that can be sent only once, too. */
  readonly isToEnd: boolean;
}

/** Walks through all operations, in an environment without meters, customers and plans. */
export const walkAll = async ({ send, drain, startDate, isToEnd }: WalkOptions): Promise<Examples> => {
  const walk = createWalk(send, isToEnd);
  const { meterId, customerId, ...plan } = await walkCatalog(walk);
  const subscriptionId = await walkSubscriptions(walk, plan, startDate);
  await walkEvents(walk, drain);
  await walkUsage(walk, meterId, customerId, subscriptionId);
  await walkKeys(walk);
  return walk.examples();
};
