// Cases of bills with defaults: a monthly subscription of October 2025 in UTC, one meter that adds up, one price of 1 per unit.
import type { AllowanceOfCase, BillCase, EventOfCase, FixedItem, MeterOfCase, Terms, UsageItem } from './bill-case.ts';

/** UTC milliseconds of a date, or a date and a time, of UTC. */
export const day = (text: string): number => Date.parse(text.length > 10 ? `${text}Z` : `${text}T00:00:00Z`);

export const each = (amount: string): Terms => ({ model: 'FLAT_FEE', amount });

export const aMeterOfCase = (fields: Partial<MeterOfCase> = {}): MeterOfCase => ({
  id: 'units',
  aggregation: 'SUM',
  isNeverReset: false,
  ...fields,
});

export const aUsageItem = (fields: Partial<UsageItem> = {}): UsageItem => ({
  id: 'first',
  type: 'USAGE',
  meterId: 'units',
  start: day('2025-10-01'),
  terms: each('1'),
  lineage: 'usage',
  ...fields,
});

export const aFixedItem = (fields: Partial<FixedItem> = {}): FixedItem => ({
  id: 'fee',
  type: 'FIXED',
  quantity: '1',
  invoicing: 'ARREAR',
  cadence: 'subscription',
  start: day('2025-10-01'),
  terms: each('30'),
  lineage: 'fee',
  ...fields,
});

export const anAllowanceOfCase = (fields: Partial<AllowanceOfCase> = {}): AllowanceOfCase => ({
  meterId: 'units',
  limit: 100,
  reset: 'MONTHLY',
  ...fields,
});

/** Events of the meter `units`: a time and a value each. */
export const used = (...pairs: readonly (readonly [string, number | string])[]): readonly EventOfCase[] =>
  pairs.map(([at, value], place) => ({
    id: `event_${String(place)}`,
    meterId: 'units',
    at: day(at),
    value: String(value),
  }));

export const aBillCase = (fields: Partial<BillCase> = {}): BillCase => {
  const start = fields.start ?? day('2025-10-01');
  return {
    currency: 'usd',
    zone: 'UTC',
    start,
    anchor: start,
    cadence: { period: 'MONTHLY', count: 1 },
    cycle: 'anniversary',
    meters: [aMeterOfCase()],
    items: [aUsageItem({ start })],
    allowances: [],
    events: [],
    now: day('2026-12-01'),
    asked: { start },
    ...fields,
  };
};
