import { describe, expect, test } from '@jest/globals';
import { createRouteMatcher } from '../../../../lib/local/http/route-match.ts';
import { routes } from '../../../../shared/api/http/routes.ts';

const match = createRouteMatcher(Object.values(routes));
const found = (method: string, path: string) => {
  const result = match(method, path);
  return result?.kind === 'route' ? { path: result.route.path, ...result.pathParameters } : result;
};

describe('a path', () => {
  test.each([
    ['GET', '/v1/events', { path: '/v1/events' }],
    ['GET', '/v1/events/', { path: '/v1/events' }],
    ['GET', '/v1/events/lookup', { path: '/v1/events/lookup' }],
    ['GET', '/v1/events/monitoring', { path: '/v1/events/monitoring' }],
    ['GET', '/v1/events/evt_1', { path: '/v1/events/{id+}', id: 'evt_1' }],
    ['GET', '/v1/events/a/b%2Fc', { path: '/v1/events/{id+}', id: 'a/b%2Fc' }],
    ['GET', '/v1/events/lookup/more', { path: '/v1/events/{id+}', id: 'lookup/more' }],
    ['POST', '/v1/events/bulk', { path: '/v1/events/bulk' }],
    ['GET', '/v1/openapi.json', { path: '/v1/openapi.json' }],
    ['GET', '/v1/customers/external/a%2Fb', { path: '/v1/customers/external/{external_id}', external_id: 'a%2Fb' }],
    ['GET', '/v1/customers/external', { path: '/v1/customers/{id}', id: 'external' }],
    ['PUT', '/v1/subscriptions/lineitems/li_1', { path: '/v1/subscriptions/lineitems/{id}', id: 'li_1' }],
    ['POST', '/v1/subscriptions/s/lineitems', { path: '/v1/subscriptions/{id}/lineitems', id: 's' }],
  ])('is matched to its route: %s %s', (method, path, expected) => {
    expect(found(method, path)).toEqual(expected);
  });

  test.each([
    ['GET', '/'],
    ['GET', '/v1/customers/a/b'],
    ['GET', '/v1xevents'],
    ['GET', '/v1/openapixjson'],
  ])('is matched to no route: %s %s', (method, path) => {
    expect(found(method, path)).toBeUndefined();
  });

  test.each([
    ['HEAD', '/v1/events', '/v1/events'],
    ['PATCH', '/v1/meters/m', '/v1/meters/{id}'],
    ['POST', '/v1/events/evt_1', '/v1/events/{id+}'],
    ['GET', '/v1/events/bulk', '/v1/events/bulk'],
    ['POST', '/v1/customers/usage', '/v1/customers/usage'],
  ])('is matched to routes with other methods: %s %s', (method, path, route) => {
    expect(found(method, path)).toEqual({ kind: 'wrong_method', path: route });
  });
});
