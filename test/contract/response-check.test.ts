// The check of all answers finds the faults that it exists for.
import { describe, expect, test } from '@jest/globals';
import { toProblemBody } from '../../shared/api/http/problem.ts';
import type { Answer } from '../support/drivers/driver.ts';
import { checkAnswer } from '../support/drivers/response-check.ts';

const headers = { 'x-request-id': 'request-1', 'content-type': 'application/json; charset=utf-8' };
const accepted = { message: 'Event accepted for processing', event_id: 'evt_1' };
const event = { event_name: 'x', external_customer_id: 'acme' };
const list = { items: [], pagination: { total: 0, limit: 50, offset: 50 } };

const check = (method: string, target: string, answer: Partial<Answer>, sent?: unknown) => () =>
  checkAnswer(method, target, sent, { status: 200, headers, body: undefined, ...answer });

describe('the check of an answer', () => {
  test.each([
    ['a body', check('POST', '/v1/events', { status: 202, body: accepted }, event)],
    ['a list', check('GET', '/v1/meters?limit=1', { body: list })],
    ['an empty answer', check('DELETE', '/v1/customers/cust_1', { status: 204 })],
    ['a problem', check('GET', '/v1/meters/a%2Fb', { status: 404, body: toProblemBody('not_found', 'gone') })],
    ['no route', check('GET', '/v1/none', { status: 404, headers: {}, body: toProblemBody('not_found', 'No route') })],
    [
      'a refused body that is no JSON',
      check('POST', '/v1/events', { status: 400, body: toProblemBody('validation_error', 'no') }, '{'),
    ],
  ])('lets %s pass', (_, run) => {
    expect(run).not.toThrow();
  });

  test.each([
    [
      'a field that is not described',
      check('GET', '/v1/meters', { body: { ...list, more: 1 } }),
      '/ must NOT have additional properties {"additionalProperty":"more"}',
    ],
    [
      'one inside',
      check('GET', '/v1/meters', { body: { ...list, pagination: { ...list.pagination, page: 1 } } }),
      '/pagination must NOT have additional properties',
    ],
    [
      'a field that is missing',
      check('POST', '/v1/events', { status: 202, body: { message: accepted.message } }, event),
      "must have required property 'event_id'",
    ],
    ['a wrong type', check('GET', '/v1/meters', { body: { ...list, items: [5] } }), '/items/0 must be object'],
    [
      'a status that is not described',
      check('GET', '/v1/meters', { status: 409, body: toProblemBody('already_exists', '') }),
      'GET /v1/meters 409: the status is not described',
    ],
    ['a header that is missing', check('GET', '/v1/meters', { headers: {}, body: list }), 'X-Request-ID is missing'],
    [
      'another type of content',
      check('GET', '/v1/meters', { headers: { ...headers, 'content-type': 'text/html' }, body: list }),
      'it is not said to be JSON',
    ],
    [
      'no Retry-After',
      check('GET', '/v1/meters', { status: 503, body: toProblemBody('service_unavailable', '') }),
      'Retry-After is missing',
    ],
    [
      'a body that should not be',
      check('DELETE', '/v1/customers/cust_1', { status: 204, body: {} }),
      'the body must be empty',
    ],
    ['no body', check('GET', '/v1/meters', {}), '/ must be object'],
    [
      'a problem of another status',
      check('GET', '/v1/meters', { status: 400, body: toProblemBody('not_found', '') }),
      '/http_status_code',
    ],
    [
      'no route with another shape',
      check('GET', '/v1/none', { status: 404, body: { message: 'Not Found' } }),
      "must have required property 'code'",
    ],
    ['no route that is answered', check('GET', '/v1/none', { body: {} }), 'is no route'],
    [
      'what was taken against the document',
      check('POST', '/v1/events', { status: 202, body: accepted }, { ...event, source: 5 }),
      'it took what it says it refuses: /source must be string,null',
    ],
  ])('finds %s', (_, run, fault) => {
    expect(run).toThrow(fault);
  });
});
