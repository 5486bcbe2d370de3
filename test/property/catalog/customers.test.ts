// Laws of customers and subscriptions under races: whatever is interleaved and repeated, an external id has at most one live
// customer, who is found by id, by external id and in the list alike; and nobody is deleted with a live subscription.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { call, idOf, idsOf } from '../../support/drivers/api-request.ts';
import { createInterleavedTable, inTurn } from '../../support/drivers/interleaved-table.ts';
import { openShop } from '../../support/drivers/subscribed.ts';

const faults = fc.array(fc.boolean(), { maxLength: 12 });
const isMade = (answer: unknown): boolean => JSON.stringify(answer).startsWith('{"status":20');

/** Opens the routes under one scheduler, with a customer `acme`. */
const open = async (scheduler: fc.Scheduler, lost: readonly boolean[]) => {
  const table = createInterleavedTable(scheduler, inTurn(lost));
  const run = <T>(work: Promise<T>): Promise<T> => scheduler.waitFor(work);
  const { routes, customer, subscribe } = await run(openShop(table));
  const create = (name: string) => call(routes.createCustomer, { body: { external_id: 'acme', name } });
  const remove = (id: string) => call(routes.deleteCustomer, { path: { id } });

  /** Returns the one id that all three lookups agree on, if there is any. */
  const liveId = async (known: readonly string[]): Promise<string | undefined> => {
    const byExternalId = await run(call(routes.getCustomerByExternalId, { path: { external_id: 'acme' } }));
    const expected = isMade(byExternalId) ? [idOf(byExternalId)] : [];
    expect(idsOf(await run(call(routes.listCustomers, { query: { status: ['published'] } })))).toEqual(expected);
    const found = await run(Promise.all(known.map((id) => call(routes.getCustomer, { path: { id } }))));
    expect(known.filter((_, index) => isMade(found[index]))).toEqual(expected);
    return expected[0];
  };
  return { run, create, remove, liveId, subscribe, routes, customer };
};

describe('customers under races', () => {
  test('exactly one of several racing customers with one external id is created, and it is found everywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), faults, fc.integer({ min: 1, max: 3 }), async (scheduler, lost, count) => {
        const { run, create, remove, liveId, customer } = await open(scheduler, lost);
        const names = Array.from({ length: count }, (_, index) => `customer ${String(index)}`);
        const [removals, creations] = await run(
          Promise.all([Promise.all([remove(customer), remove(customer)]), Promise.all(names.map(create))]),
        );
        const made = creations.filter(isMade).map(idOf);
        expect(removals.some(isMade)).toBe(true);
        expect(made.length).toBeLessThanOrEqual(1);
        expect(await liveId([customer, ...made])).toBe(made[0]);
      }),
      { numRuns: 60 },
    );
  });

  test('no customer is deleted with a live subscription', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), faults, async (scheduler, lost) => {
        const { run, remove, subscribe, routes, customer } = await open(scheduler, lost);
        const [removal, subscription] = await run(Promise.all([remove(customer), subscribe()]));
        expect(isMade(removal)).not.toBe(isMade(subscription));
        const listed = await run(call(routes.listSubscriptions));
        expect(idsOf(listed)).toEqual(isMade(subscription) ? [idOf(subscription)] : []);
      }),
      { numRuns: 60 },
    );
  });
});
