import { expect, test } from '@jest/globals';
import { readFailures } from '../../../../cli/client/event-failures.ts';
import { CliFailure } from '../../../../cli/process/failure.ts';

const range = { start_time: '2026-11-01T00:00:00Z', end_time: '2026-11-08T00:00:00Z' };
const aFailure = (fields: object = {}) => ({
  cause: 'no_subscription',
  event_name: 'call',
  external_customer_id: 'acme',
  meter_id: 'meter_1',
  count: 2,
  first_timestamp: '2026-11-05T00:00:00Z',
  last_timestamp: '2026-11-06T00:00:00Z',
  sample_event_ids: ['new'],
  similar_names: [],
  message: 'none',
  fix: { action: 'create_subscription', request: { method: 'POST', path: '/v1/subscriptions', body: { start: 5 } } },
  ...fields,
});

test('pages are followed and added up, and what would bill all events is that of the oldest', async () => {
  const older = aFailure({
    count: 3,
    first_timestamp: '2026-11-02T00:00:00Z',
    last_timestamp: '2026-11-03T00:00:00Z',
    sample_event_ids: ['old'],
    fix: { action: 'create_subscription', request: { method: 'POST', path: '/v1/subscriptions', body: { start: 2 } } },
  });
  const answers = [
    {
      failures: [aFailure(), aFailure({ external_customer_id: 'globex', count: 4 })],
      examined: 10,
      complete: false,
      cursor: 'c1',
    },
    { failures: [], examined: 0, complete: false, cursor: 'c2' },
    { failures: [older], examined: 5, complete: true },
  ];
  const [asked, counts]: [unknown[], number[]] = [[], []];
  const ask = (body: unknown): Promise<unknown> => {
    asked.push(body);
    return Promise.resolve(answers[asked.length - 1]);
  };
  const { failures, examined } = await readFailures(ask, range, (count) => counts.push(count));
  expect(asked).toEqual([range, { ...range, cursor: 'c1' }, { ...range, cursor: 'c2' }]);
  expect([examined, counts]).toEqual([15, [10, 10, 15]]);
  expect(failures).toMatchObject([
    {
      external_customer_id: 'acme',
      count: 5,
      first_timestamp: '2026-11-02T00:00:00Z',
      last_timestamp: '2026-11-06T00:00:00Z',
      sample_event_ids: ['new'],
      fix: { request: { body: { start: 2 } } },
    },
    { external_customer_id: 'globex', count: 4 },
  ]);
});

test('a deployment that says that there is more, but not where, is refused', async () => {
  const stuck = { failures: [], examined: 1, complete: false, cursor: 'c1' };
  await expect(readFailures(() => Promise.resolve(stuck), range)).rejects.toThrow(CliFailure);
  await expect(readFailures(() => Promise.resolve({ ...stuck, cursor: undefined }), range)).rejects.toThrow(CliFailure);
});
