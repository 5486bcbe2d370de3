// Read units of a page of events with verdicts, with a warm cache of the catalog: beside those of the page itself, one for each
// customer, one for the catalog version of each 200 events, one for each name that is looked up and for each claim.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { countReads } from '../../../bench/read-units.ts';
import { type Client, createClient, minutes } from '../../../support/drivers/client.ts';
import { openInProcessDriver } from '../../../support/drivers/driver-in-process.ts';
import { createMemoryTable } from '../../../support/drivers/memory-table.ts';
import {
  createCustomer,
  createMeter,
  createPlan,
  createPrice,
  createSubscription,
} from '../../../scenario/steps/catalog-steps.ts';
import { sendBulk } from '../../../scenario/steps/event-steps.ts';

describe('the read units of a page of 50 events', () => {
  const twin = createMemoryTable();
  const { table, count } = countReads(twin);
  let client: Client | undefined;
  const unitsOf = async (fields: object): Promise<number> => {
    const asked = { external_customer_id: '', ...fields };
    const before = count.units;
    await client?.call('POST', '/v1/events/query', asked);
    return count.units - before;
  };

  beforeAll(async () => {
    const opened = createClient(await openInProcessDriver({ table: { ...twin, ...table } }));
    client = opened;
    const meterId = await createMeter(opened, 'call', { aggregation: { type: 'SUM', field: 'ms' } });
    const planId = await createPlan(opened);
    await createPrice(opened, planId, meterId);
    for (let customer = 0; customer < 20; customer += 1) {
      await createCustomer(opened, `c${String(customer)}`);
      await createSubscription(opened, `c${String(customer)}`, planId, { start_date: opened.ago(minutes(600)) });
    }
    // Of each 25 customers, five do not exist.
    const events = Array.from({ length: 500 }, (_, index) => ({
      event_id: `e${String(index)}`,
      event_name: 'call',
      external_customer_id: `c${String(index % 25)}`,
      timestamp: opened.ago(minutes(1) + index * 1_000),
      properties: { ms: index },
    }));
    await sendBulk(opened, events);
    await unitsOf({ expand: ['verdict'] });
  }, 20_000);

  const ofOne = { external_customer_id: 'c1' };
  test.each([
    ['the verdicts of one customer: its account, the version', ofOne, { expand: ['verdict'] }, 2],
    ['those of 25: their accounts, five names, the version', {}, { expand: ['verdict'] }, 31],
    ['conflicts among 20 events: their claims, the version', ofOne, { conflicts_only: true }, 21],
  ])('are more for %s', async (_, fields, asked, more) => {
    const plain = await unitsOf(fields);
    expect((await unitsOf({ ...fields, ...asked })) - plain).toBe(more);
  });

  test('are few more for a page of one event that is not found: runs grow', async () => {
    const sparse = { ...ofOne, page_size: 1, warning_codes: ['negative_quantity'] };
    const plain = await unitsOf({ ...ofOne, page_size: 500 });
    // One account, and the version for each run of the 20 events: 2, 4, 8, 6.
    expect((await unitsOf(sparse)) - plain).toBe(5);
  });

  test('are fewer for decisions of arrival: parts without a wanted one are not read', async () => {
    const plain = await unitsOf({ page_size: 500 });
    expect(await unitsOf({ page_size: 500, status: ['failed'], decided: 'arrival' })).toBeLessThan(plain / 2);
  });
});
