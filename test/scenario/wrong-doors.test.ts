// A request that knocks at the wrong door is told the right one: another header, method, route, or kind of id.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { routes } from '../../shared/api/http/routes.ts';
import { createClient, objectOf } from '../support/drivers/client.ts';
import { useDriver } from '../support/drivers/use-driver.ts';
import { type Billing, setUpBilling } from './steps/catalog-steps.ts';

const client = createClient(useDriver());
const { driver } = client;
const messageOf = async (...request: Parameters<typeof driver.request>): Promise<unknown> => {
  const { status, body } = await driver.request(...request);
  return [status, objectOf(body)['message']];
};

describe('a request with a wrong key', () => {
  const told = (headers: Readonly<Record<string, string>>) =>
    messageOf('GET', '/v1/meters', undefined, { apiKey: null, headers });

  test('is refused with a hint: missing, sent elsewhere, or unknown', async () => {
    expect(await told({})).toEqual([401, 'The x-api-key header with the API key is missing']);
    expect(await told({ authorization: 'Bearer sk_1' })).toEqual([
      401,
      'Send the API key in the x-api-key header, by itself; Authorization and Bearer are not read',
    ]);
    expect(await told({ 'x-api-key': 'Bearer sk_1' })).toEqual([
      401,
      'The x-api-key header must contain only the API key, without "Bearer"',
    ]);
    expect(await told({ 'x-api-key': 'sk_unknown' })).toEqual([
      401,
      'The API key in the x-api-key header is unknown, revoked or expired',
    ]);
  });
});

describe('an array', () => {
  test.each([
    ['/v1/events', /send an array to \/v1\/events\/bulk as \{"events": \[…\]\}$/],
    ['/v1/events/bulk', /^Invalid request payload: body: must be \{"events": \[…\]\}/],
    ['/v1/events/preview', /must be one event/],
  ])('is refused with a hint to what to send: %s', async (path, message) => {
    const sent = [{ event_name: 'x', external_customer_id: 'acme' }];
    expect(await messageOf('POST', path, sent)).toEqual([400, expect.stringMatching(message)]);
  });
});

describe('a route of the upstream that is left out', () => {
  test.each([
    ['GET', '/v1/customers/wallets'],
    ['GET', '/v1/customers/portal'],
    ['GET', '/v1/subscriptions/schedules'],
  ])('is 404, also where an id would be: %s %s', async (method, path) => {
    expect(await messageOf(method, path)).toEqual([
      404,
      `${method} ${path} is not part of Tollgate, by design: see docs/compatibility.md`,
    ]);
  });

  test.each([
    ['GET', '/v1/customers/portal/acme'],
    ['GET', '/v1/customers/cust_1/wallets'],
    ['GET', '/v1/subscriptions/subs_1/schedules'],
    ['GET', '/v1/v1/subscription-schedules'],
    ['POST', '/v1/subscriptions/subs_1/change/preview'],
    ['GET', '/v1/invoices'],
    ['GET', '/v1/invoices/inv_1/pdf'],
    ['POST', '/v1/wallets/wallet_1/top-up'],
    ['POST', '/v1/addons'],
    ['POST', '/v1/plans/plan_1/clone'],
  ])('is 404 as not part of Tollgate: %s %s', async (method, path) => {
    const message = expect.stringMatching(/not part of Tollgate/);
    expect(await messageOf(method, path)).toEqual([404, message]);
    expect(await messageOf(method, path)).toEqual([404, expect.stringContaining('docs/compatibility.md')]);
  });

  test('hides no event, and no customer with such an external id', async () => {
    expect(await messageOf('GET', '/v1/events/raw/1')).toEqual([404, 'Event not found']);
    expect(await messageOf('GET', '/v1/customers/external/wallets')).toEqual([404, 'Customer not found']);
  });
});

test.each(Object.values(routes))('an unknown query parameter is refused: $method $path', async (route) => {
  const path = route.path.replaceAll(/\{[^}]*\}/g, 'some');
  const body = ['POST', 'PUT'].includes(route.method) ? {} : undefined;
  expect(await driver.request(route.method, `${path}?zzz=1`, body)).toMatchObject({
    status: 400,
    body: { code: 'validation_error', details: { zzz: 'is not known' } },
  });
});

/** They change nothing: a name that was ignored would leave out what is asked. A preview takes events, whose names are told. */
const questions = Object.entries(routes).filter(
  ([id, { method, roles }]) => method === 'POST' && [roles].flat().includes('event_reader') && id !== 'previewEvent',
);

test('the routes whose body asks a question include queries, explanations, previews and searches', () => {
  expect(questions.map(([id]) => id)).toEqual(
    expect.arrayContaining([
      'queryEvents',
      'queryUsage',
      'explainUsage',
      'analyzeUsage',
      'previewInvoice',
      'searchPlans',
    ]),
  );
});

test.each(questions)('an unknown field of the body is refused: %s', async (_, { path }) => {
  expect(await driver.request('POST', path, { zzz: 1, External_customer_id: 'acme' })).toMatchObject({
    status: 400,
    body: {
      code: 'validation_error',
      details: { zzz: 'is not known', External_customer_id: expect.stringMatching(/^is not known/) },
    },
  });
});

test.each([
  ['/v1/events/query', { customer_id: 'nobody' }, 'external_customer_id'],
  ['/v1/events/query', { external_customer_ids: ['x'] }, 'external_customer_id'],
  ['/v1/events/query', { event_names: ['x'] }, 'event_name'],
  ['/v1/events/query', { propertyFilters: { a: ['b'] } }, 'property_filters'],
  ['/v1/events/query', { limit: 1 }, 'page_size'],
  ['/v1/events/query', { count_total: false }, undefined],
  ['/v1/events/usage', { property_filters: { a: ['b'] } }, 'filters'],
  ['/v1/events/usage', { customer: 'nobody' }, 'external_customer_id'],
  ['/v1/events/usage', { filter: { a: ['b'] } }, 'filters'],
  ['/v1/events/usage/meter', { external_customer: 'nobody' }, 'external_customer_id'],
  ['/v1/events/usage/explain', { limit: 1 }, 'page_size'],
  ['/v1/events/analytics', { filters: { a: ['b'] } }, 'property_filters'],
  ['/v1/events/analytics', { features: ['x'] }, 'feature_ids'],
  ['/v1/invoices/preview', { subscription: 'x' }, 'subscription_id'],
  ['/v1/subscriptions/usage', { start: '2026-01-01T00:00:00Z' }, 'start_time'],
])('an unknown field is refused with the nearest name: %s %j', async (path, body, near) => {
  const [name = ''] = Object.keys(body);
  const rule = near === undefined ? 'is not known' : `is not known; did you mean ${near}?`;
  expect(await driver.request('POST', path, body)).toMatchObject({ status: 400, body: { details: { [name]: rule } } });
});

test('many unknown names are counted, and cost no more than those that are shown', async () => {
  const body = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, index) => [`some_field_name_${String(index)}`, 1]),
  );
  const startedAt = performance.now();
  const { body: answer } = await driver.request('POST', '/v1/prices/search', body);
  expect(objectOf(objectOf(answer)['details'])).toMatchObject({ more: 99_900 });
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

test('a query parameter that a list does not take is refused, with the nearest that it takes', async () => {
  const near = async (path: string) => {
    const { status, body } = await client.driver.request('GET', path);
    return [status, objectOf(objectOf(body)['details'])];
  };
  const meant = (name: string) => `is not known; did you mean ${name}?`;
  expect(await near('/v1/events?limit=5')).toEqual([400, { limit: meant('page_size') }]);
  expect(await near('/v1/events/monitoring?window=DAY')).toEqual([400, { window: 'is not known' }]);
  expect(await near('/v1/events/monitoring?windowSize=DAY')).toEqual([400, { windowSize: meant('window_size') }]);
  expect(await near('/v1/customers/usage?customer_ids=c')).toEqual([400, { customer_ids: meant('customer_id') }]);
  expect(await near('/v1/subscriptions/s/entitlements?feature_id=f')).toEqual([
    400,
    { feature_id: meant('feature_ids') },
  ]);
  const catalog = ['meters', 'features', 'customers', 'plans', 'prices', 'prices/units', 'subscriptions'];
  for (const list of [...catalog, 'entitlements', 'secrets/api/keys']) {
    expect(await near(`/v1/${list}?page_size=5&zzz=1`)).toEqual([
      400,
      { page_size: meant('limit'), zzz: 'is not known' },
    ]);
  }
});

describe('a method that a path does not take', () => {
  const refusal = async (method: string, path: string) => {
    const { status, headers, body } = await driver.request(method, path);
    return { status, allow: headers['allow'], body };
  };
  const wrongMethod = (allow: string, message: string) => ({
    status: 405,
    allow,
    body: { code: 'method_not_allowed', message, http_status_code: 405 },
  });

  test.each([
    ['PUT', '/v1/events', 'POST, GET, OPTIONS'],
    ['GET', '/v1/events/bulk', 'POST, OPTIONS'],
  ])('is 405 with the methods that the path accepts: %s %s', async (method, path, allow) => {
    expect(await refusal(method, path)).toEqual(wrongMethod(allow, `This path accepts ${allow}`));
  });

  test.each([
    ['PATCH', '/v1/meters/m', 'GET, PUT, DELETE, OPTIONS'],
    ['DELETE', '/v1/events/evt_1', 'GET, OPTIONS'],
    ['POST', '/v1/events/raw/bulk', 'GET, OPTIONS'],
    ['POST', '/v1/subscriptions/addon', 'GET, PUT, OPTIONS'],
  ])('is 405, where the upstream may have more besides ids: %s %s', async (method, path, allow) => {
    const message = `This path accepts ${allow}; docs/compatibility.md lists what is not part of Tollgate`;
    expect(await refusal(method, path)).toEqual(wrongMethod(allow, message));
  });
});

describe('the external id of a customer, where an id is wanted', () => {
  let billing: Billing;
  beforeAll(async () => {
    billing = await setUpBilling(client);
  });
  const told = (instead: string) =>
    `"${billing.customer}" is the external id of ${billing.customerId}; for external ids use ${instead}`;

  const takesIds = () => `"${billing.customer}" is the external id of ${billing.customerId}; only ids are valid here`;

  test('is recognized in a path', async () => {
    const { customer } = billing;
    const refusals: readonly (readonly [method: string, path: string, instead: string, body?: object])[] = [
      ['GET', `/v1/customers/${customer}`, 'GET /v1/customers/external/{external_id}'],
      ['PUT', `/v1/customers/${customer}`, 'PUT /v1/customers?external_customer_id=…', { name: 'X' }],
      ['PUT', `/v1/customers?id=${customer}`, 'PUT /v1/customers?external_customer_id=…', { name: 'X' }],
      ['DELETE', `/v1/customers/${customer}`, 'GET /v1/customers/external/{external_id}'],
      ['GET', `/v1/customers/${customer}/entitlements`, 'GET /v1/customers/external/{external_id}/entitlements'],
      ['GET', `/v1/customers/${customer}/usage`, 'GET /v1/customers/usage?customer_lookup_key=…'],
      ['GET', `/v1/customers/usage?customer_id=${customer}`, 'GET /v1/customers/usage?customer_lookup_key=…'],
    ];
    for (const [method, path, instead, body] of refusals) {
      expect(await messageOf(method, path, body)).toEqual([404, `Customer not found: ${told(instead)}`]);
    }
    expect(await messageOf('GET', '/v1/customers/nobody')).toEqual([404, 'Customer not found']);
  });

  test('is recognized in a body', async () => {
    const { customer, planId } = billing;
    const body = { customer_id: customer, plan_id: planId, currency: 'usd', billing_period: 'MONTHLY' };
    expect(await driver.request('POST', '/v1/subscriptions', body)).toMatchObject({
      status: 404,
      body: {
        message: `Customer not found: ${told('external_customer_id')}`,
        details: { customer_id: 'not found' },
      },
    });
  });

  test('is recognized in a list', async () => {
    const { customer } = billing;
    const requests: readonly (readonly [method: string, path: string, rule: string, body?: object])[] = [
      ['GET', `/v1/subscriptions?customer_id=${customer}`, `customer_id: ${told('external_customer_id')}`],
      ['POST', '/v1/subscriptions/search', `customer_id: ${told('external_customer_id')}`, { customer_id: customer }],
      [
        'POST',
        '/v1/subscriptions/search',
        `customer_ids: ${told('external_customer_id')}`,
        { customer_ids: [customer] },
      ],
      [
        'POST',
        '/v1/subscriptions/search',
        `customer_id: ${told('external_customer_id')}`,
        { customer_id: customer, subscription_ids: ['subs_1'] },
      ],
      [
        'POST',
        '/v1/subscriptions/search',
        `filters[0].value: ${told('external_customer_id')}`,
        { filters: [{ field: 'customer_id', operator: 'eq', value: { string: customer } }] },
      ],
      ['POST', '/v1/customers/search', `customer_ids: ${told('external_ids')}`, { customer_ids: [customer] }],
      ['GET', `/v1/customers?customer_ids=${customer}`, `customer_ids: ${told('external_ids')}`],
      ['POST', '/v1/subscriptions/lineitems/search', `customer_ids: ${takesIds()}`, { customer_ids: [customer] }],
    ];
    for (const [method, path, rule, body] of requests) {
      expect(await messageOf(method, path, body)).toEqual([400, `Request validation failed: ${rule}`]);
    }
    expect(await client.call('GET', '/v1/subscriptions?customer_id=nobody')).toMatchObject({ items: [] });
  });
});
