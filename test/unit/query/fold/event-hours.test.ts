import { describe, expect, test } from '@jest/globals';
import { listHours, readEventHours, refuseUnkept } from '../../../../functions/query/fold/event-hours.ts';
import { hourOf, msPerDay, msPerHour, zeroInstant } from '../../../../shared/domain/time/instant.ts';
import { aScope } from '../../../support/builders/builders.ts';

const now = Date.UTC(2026, 10, 20, 12);

const open = ({ retentionDays = 0, late = [] as readonly number[], createdAt = now - 100 * msPerDay } = {}) => {
  const deps = {
    retentionDays,
    now: () => now,
    lateMarkers: { read: () => Promise.resolve(new Map(late.map((hour) => [hour, 1]))) },
    scopes: { read: () => Promise.resolve({ catalogVersion: 1, createdAt, feedShards: 1 }) },
  };
  return (customer: string | null, start: number, end = now) => readEventHours(deps, aScope, customer, { start, end });
};

describe('hours that can hold events', () => {
  test('a range without bounds reaches from the creation of the scope to a day ahead', async () => {
    const read = open({ createdAt: now - 2 * msPerHour });
    const hours = listHours(await read(null, -Infinity, Infinity));
    // 15 minutes before the creation, and a day and 10 minutes ahead.
    expect([hours[0], hours.at(-1), hours.length]).toEqual([hourOf(now) - 3, hourOf(now) + 24, 28]);
  });

  test('hours that markers name lie outside of it, inside of what is asked', async () => {
    const [long, ahead, asked] = [hourOf(now) - 50_000, hourOf(now) + 900, hourOf(now) - 5];
    const read = open({ createdAt: now, late: [long, ahead, asked] });
    expect((await read('acme', -Infinity, Infinity)).named).toEqual([long, ahead, asked]);
    expect(listHours(await read('acme', now - 6 * msPerHour, now))).toEqual([asked, hourOf(now) - 1, hourOf(now)]);
  });
});

describe('retention', () => {
  const edge = now - 40 * msPerDay;

  test('the whole scope is not read from before it', async () => {
    const read = open({ retentionDays: 40 });
    await expect(read(null, edge)).resolves.toMatchObject({ last: hourOf(now) });
    await expect(read(null, edge - 1)).rejects.toMatchObject({
      code: 'validation_error',
      details: { start_time: 'must be within the last 40 days' },
    });
    await expect(read(null, zeroInstant)).rejects.toMatchObject({
      details: { external_customer_id: expect.stringMatching(/^required: .* 40 days/) },
    });
  });

  test('one customer is: its segments outlive the feed', async () => {
    await expect(open({ retentionDays: 40 })('acme', edge - 1)).resolves.toMatchObject({ last: hourOf(now) });
  });

  test('without retention everything is read', async () => {
    await expect(open()(null, -Infinity)).resolves.toMatchObject({ last: hourOf(now) });
    expect(() => {
      refuseUnkept({ now: () => now, retentionDays: 0 }, 'acme', -Infinity);
    }).not.toThrow();
  });

  test('a question about one customer begins no earlier than its segments are kept', () => {
    const refuse = (start: number, customer: string | null = 'acme') => {
      refuseUnkept({ now: () => now, retentionDays: 40 }, customer, start, 'period_start');
    };
    const first = now - 101 * msPerDay;
    expect(() => {
      refuse(first);
      // Refused where it is read.
      refuse(first - 1, null);
    }).not.toThrow();
    expect(() => {
      refuse(first - 1);
    }).toThrow(
      expect.objectContaining({
        code: 'validation_error',
        details: { period_start: 'must be within the last 101 days: earlier events are not kept' },
      }),
    );
  });
});
