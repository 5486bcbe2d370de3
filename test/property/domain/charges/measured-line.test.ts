// Laws of what lines measure: every event of a line's window is in it once, however the window is divided, and a split of it
// never changes the cost at a flat price.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type AllowanceSpan,
  type MeasuredLine,
  readLine,
  valueOfPart,
} from '../../../../shared/domain/charges/measured-line.ts';
import { aggregatorOf } from '../../../../shared/domain/aggregations/aggregators.ts';
import { chargeOf } from '../../../../shared/domain/charges/usage-charge.ts';
import { usageLinesOf } from '../../../../shared/domain/charges/usage-line.ts';
import type { AggregationType, Meter } from '../../../../shared/domain/meters/meter.ts';
import { one } from '../../../../shared/domain/numbers/exact-sum.ts';
import {
  decimal,
  formatQuantity,
  oneQuantity,
  type Quantity,
  sumOf,
} from '../../../../shared/domain/numbers/quantity.ts';
import type { Price } from '../../../../shared/domain/pricing/price.ts';
import { msPerDay, msPerHour, msPerMinute } from '../../../../shared/domain/time/instant.ts';
import { windowSizes } from '../../../../shared/domain/time/usage-window.ts';
import { createState, groupOf, type UsageState } from '../../../../shared/domain/usage/usage-state.ts';
import { aCatalog, aLineage, aLineItem, aMeter, aPrice, aSubscription } from '../../../support/builders/builders.ts';
import { amounts } from '../../../support/arbitraries/price-arbitraries.ts';
import { march } from '../../../support/builders/measured-lines.ts';

const text = formatQuantity;
const quarterHourMs = 15 * msPerMinute;

interface Used {
  readonly at: number;
  readonly value: Quantity;
}

/** Instants around the period, many at its ends and at those of hours. */
const moments = fc.oneof(
  fc.integer({ min: march.start - 60 * msPerDay, max: march.end + 10 * msPerDay }),
  fc.integer({ min: march.start, max: march.end }),
  fc
    .tuple(fc.constantFrom(march.start, march.end), fc.integer({ min: -30, max: 30 }), fc.constantFrom(-1, 0, 1))
    .map(([end, hour, ms]) => end + hour * msPerHour + ms),
);
const usage = fc.array(fc.record({ at: moments, value: amounts.map(decimal) }), { maxLength: 25 });
const types = fc.constantFrom('COUNT' as const, 'SUM' as const);

const stateOf = (type: AggregationType, { at, value }: Used): UsageState => {
  const state = createState();
  const group = groupOf(state, '[]', type);
  group.counted = 1;
  aggregatorOf(type).add(group, value, { timestamp: at, id: () => '', factor: one });
  return state;
};

/** As a fold tells it: every event in the slot that it is in, slots divided at the boundaries. */
const measureAll = (
  lines: readonly MeasuredLine['line'][],
  events: readonly Used[],
  span: AllowanceSpan,
): readonly MeasuredLine[] => {
  const readings = lines.flatMap((line) => (line.meter ? [readLine(line, line.meter, span)] : []));
  const boundaries = readings.flatMap((reading) => [reading.from, reading.to, ...reading.boundaries]);
  for (const event of events) {
    const whole = Math.floor(event.at / quarterHourMs) * quarterHourMs;
    const slot = Math.max(whole, ...boundaries.filter((boundary) => boundary <= event.at));
    for (const { from, to, add, definition } of readings) {
      if (slot >= from && slot < to) add(slot, stateOf(definition.type, event));
    }
  }
  return readings.map(({ measure }) => measure());
};

interface Setting {
  readonly meter?: Partial<Meter>;
  readonly price?: Partial<Price>;
  readonly startDate?: number;
}

/** Line items one after another, each from its start to that of the next. */
const linesBetween = (starts: readonly number[], end: number, { meter, price, startDate = 0 }: Setting) => {
  const catalog = aCatalog({ meters: [aMeter(meter)], priceLineages: [aLineage(aPrice(price))] });
  const lineItems = starts.map((from, index) =>
    aLineItem({ id: `subs_line_${String(index)}`, startDate: from, endDate: starts[index + 1] ?? end }),
  );
  return usageLinesOf(aSubscription({ lineItems, startDate, billingAnchor: startDate }), catalog, march);
};

const aggregationOf = (type: 'COUNT' | 'SUM' | 'MAX' | 'WEIGHTED_SUM') =>
  type === 'COUNT' ? { type } : { type, field: 'tokens' };
const valueIn = (type: 'COUNT' | 'SUM', events: readonly Used[], from: number, to: number): Quantity =>
  sumOf(events.filter(({ at }) => from <= at && at < to).map(({ value }) => (type === 'COUNT' ? oneQuantity : value)));

describe('measured usage', () => {
  test('has the same cost at a flat price when it is split over adjacent line items, before rounding', () => {
    fc.assert(
      fc.property(
        types,
        usage,
        moments,
        moments,
        moments,
        amounts,
        fc.boolean(),
        (type, events, a, b, c, amount, isBucketed) => {
          const [from = 0, middle = 0, to = 0] = [a, b, c].sort((one, other) => one - other);
          const setting: Setting = {
            price: { amount },
            meter: { aggregation: { ...aggregationOf(type), ...(isBucketed && { bucketSize: 'HOUR' }) } },
          };
          const [one, two] = [[from], [from, middle]].map((starts) =>
            measureAll(linesBetween(starts, to, setting), events, 'window').map(chargeOf),
          );
          const totals = [one, two].map((charges = []) => [
            text(sumOf(charges.map(({ quantity }) => quantity))),
            text(sumOf(charges.map(({ cost }) => cost))),
          ]);
          const within = valueIn(type, events, Math.max(from, march.start), Math.min(to, march.end));
          const expected = [text(within), text(within.times(decimal(amount)))];
          expect(totals).toEqual([expected, expected]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('of a maximum is the greatest of its parts', () => {
    fc.assert(
      fc.property(usage, moments, (events, middle) => {
        const setting: Setting = { meter: { aggregation: aggregationOf('MAX') } };
        const greatest = (starts: readonly number[]): Quantity[] =>
          measureAll(linesBetween(starts, march.end, setting), events, 'window')
            .map(({ quantity }) => quantity)
            .sort((x, y) => y.cmp(x));
        const [[whole], [split]] = [greatest([0]), greatest([0, middle])];
        expect(split && text(split)).toBe(whole && text(whole));
      }),
    );
  });

  test('of a sum is that of its days, each with its own events', () => {
    fc.assert(
      fc.property(types, usage, moments, (type, events, from) => {
        const setting: Setting = { meter: { aggregation: aggregationOf(type) } };
        for (const { line, quantity, spans } of measureAll(linesBetween([from], march.end, setting), events, 'day')) {
          expect(text(sumOf(spans.map(valueOfPart)))).toBe(text(quantity));
          for (const span of spans) {
            const [day, next] = [Math.max(span.start, line.start), Math.min(span.start + msPerDay, line.end)];
            expect([span.start % msPerDay, text(valueOfPart(span))]).toEqual([
              0,
              text(valueIn(type, events, day, next)),
            ]);
          }
          const starts = spans.map(({ start }) => start);
          expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
        }
      }),
    );
  });

  test('of a weighted sum is that of its days and months, each weighted by the whole window', () => {
    const setting: Setting = { meter: { aggregation: aggregationOf('WEIGHTED_SUM') } };
    fc.assert(
      fc.property(usage, moments, fc.constantFrom('day' as const, 'month' as const), (events, from, span) => {
        for (const { quantity, spans } of measureAll(linesBetween([from], march.end, setting), events, span)) {
          // Each is rounded to 16 decimals.
          expect(sumOf(spans.map(valueOfPart)).minus(quantity).abs().lt(decimal('0.0000000001'))).toBe(true);
        }
      }),
    );
  });

  test('of a sum is that of the months of its anchor, each with its own events', () => {
    const noon = 12 * msPerHour;
    fc.assert(
      fc.property(types, usage, fc.integer({ min: 1, max: 28 }), moments, (type, events, day, from) => {
        // 2023-12-01T12:00:00Z and later: months of UTC whose day and time are those of the start.
        const startDate = Date.UTC(2023, 11, day) + noon;
        const starts = [0, 1, 2, 3, 4].map((month) => Date.UTC(2023, 11 + month, day) + noon);
        const setting: Setting = { startDate, meter: { aggregation: aggregationOf(type) } };
        const lines = linesBetween([Math.max(from, startDate)], march.end, setting);
        for (const { line, quantity, spans } of measureAll(lines, events, 'month')) {
          expect(text(sumOf(spans.map(valueOfPart)))).toBe(text(quantity));
          const expected = starts.flatMap((start, month) => {
            const [first, last] = [Math.max(start, line.start), Math.min(starts[month + 1] ?? Infinity, line.end)];
            const own = events.some(({ at }) => first <= at && at < last);
            return own ? [[start, text(valueIn(type, events, first, last))]] : [];
          });
          expect(spans.map((span) => [span.start, text(valueOfPart(span))])).toEqual(expected);
        }
      }),
    );
  });

  test('of a sum is that of its buckets, each with its own events', () => {
    fc.assert(
      fc.property(usage, moments, (events, from) => {
        const setting: Setting = { meter: { aggregation: { ...aggregationOf('SUM'), bucketSize: 'HOUR' } } };
        for (const { line, quantity, buckets = [] } of measureAll(
          linesBetween([from], march.end, setting),
          events,
          'day',
        )) {
          expect(text(sumOf(buckets.map(valueOfPart)))).toBe(text(quantity));
          for (const bucket of buckets) {
            const [start, end] = [Math.max(bucket.start, line.start), bucket.start + msPerHour];
            expect(text(valueOfPart(bucket))).toBe(text(valueIn('SUM', events, start, end)));
          }
        }
      }),
    );
  });

  test('since the start of the subscription, or of a meter that is never reset, includes earlier events', () => {
    fc.assert(
      fc.property(types, usage, moments, moments, (type, events, startDate, from) => {
        const setting: Setting = { startDate, meter: { aggregation: aggregationOf(type), resetUsage: 'NEVER' } };
        const lines = linesBetween([Math.max(from, startDate)], march.end, setting);
        for (const { line, quantity, sinceStart, cumulative } of measureAll(lines, events, 'since_start')) {
          const before = valueIn(type, events, startDate, line.start);
          expect(sinceStart && text(sinceStart.before)).toBe(text(before));
          expect(sinceStart && text(sinceStart.total)).toBe(text(before.plus(quantity)));
          expect(cumulative && text(cumulative)).toBe(text(valueIn(type, events, 0, line.end)));
          expect(text(quantity)).toBe(text(valueIn(type, events, line.start, line.end)));
        }
      }),
    );
  });

  test('ends when the meter is archived', () => {
    fc.assert(
      fc.property(types, usage, moments, (type, events, archivedAt) => {
        const setting: Setting = { meter: { aggregation: aggregationOf(type), archivedAt, status: 'archived' } };
        const [measured] = measureAll(linesBetween([0], march.end, setting), events, 'window');
        const until = Math.max(march.start, Math.min(archivedAt, march.end));
        expect(measured && text(measured.quantity)).toBe(text(valueIn(type, events, march.start, until)));
      }),
    );
  });

  test('of a sum has the same spans of allowances, whatever buckets its price has', () => {
    const spans = fc.constantFrom<AllowanceSpan>('window', 'day', 'month', 'since_start');
    fc.assert(
      fc.property(usage, spans, fc.constantFrom(...windowSizes), (events, span, bucketSize) => {
        const meter = { aggregation: aggregationOf('SUM') };
        const [plain, bucketed] = [{}, { bucketSize }].map((price) =>
          measureAll(linesBetween([march.start], march.end, { meter, price }), events, span).map((measured) => ({
            quantity: text(measured.quantity),
            spans: measured.spans.map((part) => [part.start, text(valueOfPart(part))]),
            sinceStart: measured.sinceStart && [text(measured.sinceStart.total), text(measured.sinceStart.before)],
          })),
        );
        expect(bucketed).toEqual(plain);
      }),
    );
  });
});
