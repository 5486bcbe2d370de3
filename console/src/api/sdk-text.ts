// Writes a call as TypeScript: with the official SDK where it has the method and all fields, else with fetch.
import { type RouteId, routes } from '../../../shared/api/http/routes.ts';
import { type Call, pathOf } from './call.ts';

/**
 * The method of the SDK for a route; each takes the body, or the id of the path. A test holds them against the SDK.
 *
 * @internal
 */
export const sdkMethods: Partial<Record<RouteId, string>> = {
  ingestEvent: 'events.ingestEvent',
  ingestEventsBulk: 'events.ingestEventsBulk',
  queryEvents: 'events.listRawEvents',
  getEvent: 'events.getEvent',
  queryUsage: 'events.getUsageStatistics',
  queryMeterUsage: 'events.getUsageByMeter',
  analyzeUsage: 'events.getUsageAnalytics',
  createCustomer: 'customers.createCustomer',
  createPlan: 'plans.createPlan',
  createPrice: 'prices.createPrice',
  createFeature: 'features.createFeature',
  createSubscription: 'subscriptions.createSubscription',
  previewInvoice: 'invoices.getInvoicePreview',
};

/** Fields of this API that the SDK drops. */
const ownFields = new Set(['status', 'failure_point_types', 'warning_codes', 'conflicts_only', 'decided', 'expand']);

const camelCase = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Keys of these are data, not field names. */
const dataFields = new Set(['properties', 'property_filters', 'filters', 'metadata']);

const inCamelCase = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      camelCase(name),
      dataFields.has(name) ? member : inCamelCase(member),
    ]),
  );
};

const code = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/^(\s*)"([A-Za-z_$][\w$]*)":/gm, '$1$2:');

const fetchText = (call: Call, apiUrl: string): string => {
  const { method } = routes[call.route];
  return [
    `const answer = await fetch('${apiUrl}${pathOf(call).replaceAll("'", '%27')}', {`,
    `  method: '${method}',`,
    "  headers: { 'x-api-key': process.env.TOLLGATE_API_KEY },",
    ...(call.body ? [`  body: JSON.stringify(${code(call.body).replaceAll('\n', '\n  ')}),`] : []),
    '});',
    'console.log(await answer.json());',
  ].join('\n');
};

export const sdkText = (call: Call, apiUrl: string): string => {
  const method = sdkMethods[call.route];
  const hasOwnFields = Object.keys({ ...call.body, ...call.query }).some((name) => ownFields.has(name));
  if (method === undefined || hasOwnFields) return fetchText(call, apiUrl);
  const argument = call.body ? code(inCamelCase(call.body)) : JSON.stringify(Object.values(call.path ?? {})[0] ?? '');
  return [
    "import { Flexprice } from '@flexprice/sdk';",
    '',
    `const client = new Flexprice({ serverURL: '${apiUrl}/v1', apiKeyAuth: process.env.TOLLGATE_API_KEY });`,
    `console.log(await client.${method}(${argument}));`,
  ].join('\n');
};
