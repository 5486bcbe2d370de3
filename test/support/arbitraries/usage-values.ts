// Arbitrary events for the laws of usage: few names, customers and texts, so that they meet; values as hostile as JSON allows.
import fc from 'fast-check';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { JsonObject, JsonValue } from '../../../shared/domain/json-text.ts';
import { longNumbers } from './json-numbers.ts';

export const minuteMs = 60_000;
export const quarterMs = 15 * minuteMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export const eventNames = ['call', 'store'] as const;
export const customers = ['acme', 'globex#*'] as const;
export const texts = ['eu', 'us', '', 'null', '1', 'true'] as const;

const shortDecimal = fc
  .tuple(fc.integer({ min: -9_999, max: 99_999 }), fc.nat(4))
  .map(([mantissa, decimals]) => Number(`${String(mantissa)}e-${String(decimals)}`));
const digits = (count: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: 1, maxLength: count });
const longDecimal = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(27), fc.constantFrom('', '.'), digits(31))
  .map(([sign, whole, point, decimals]) => (point === '' ? sign + whole : `${sign}${whole}.${decimals}`));

/** Values of a counted property: amounts, and values that are none. */
const amounts: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 4, arbitrary: shortDecimal },
  { weight: 2, arbitrary: shortDecimal.map(String) },
  { weight: 2, arbitrary: longDecimal },
  { weight: 2, arbitrary: longNumbers },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<JsonValue>(
      ...[0, -0, 1, -1, 0.1, 0.2, 1e-15, 5e-324, 1e21, 1e24, 1e25, -1e24, 123_456_789_012.345, 999_999_999_999_999],
      ...['1e3', '+5', '.5', '5.', '-0', '1e-30', '1e-31', '1e24', '1e25', '1e999', '-7.50', '0'.repeat(64)],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonValue>(
      ...[null, true, false, [], [1], {}, { a: 1 }],
      ...['', ' 5 ', '1,000', '0x10', 'NaN', 'Infinity', '1e', 'slow', '0'.repeat(65), '1_000'],
    ),
  },
);
const words: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(...texts),
  fc.constantFrom<JsonValue>(null, true, 1, 1.5, [1], { a: 1e21 }),
  // Three numbers, two of them the same: a double cannot tell them apart.
  fc.constantFrom(...['1234567890123456781', '1234567890123456782', '1.234567890123456782e18'].map(JSON.rawJSON)),
);

const property = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: fc.constant(undefined) });

const present = (all: Readonly<Record<string, JsonValue | undefined>>): JsonObject => {
  const found: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(all)) if (value !== undefined) found[key] = value;
  return found;
};
const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 1, arbitrary: value }, { weight: 3, arbitrary: fc.constant(undefined) });

/**
 * `ms` and `extra` are amounts, `region` is a word; each may be missing, or all of them. Some are inside the object `in`, or have
 * a key with a dot.
 */
const properties: fc.Arbitrary<JsonObject | null> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .record({
        ms: property(amounts),
        extra: property(amounts),
        region: property(words),
        in: rarely(
          fc.oneof(
            { weight: 4, arbitrary: fc.record({ ms: property(amounts), region: property(words) }).map(present) },
            { weight: 1, arbitrary: amounts },
          ),
        ),
        'in.ms': rarely(amounts),
        'in.region': rarely(words),
      })
      .map(present),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Ids are few, so that some come twice. `at`: its time, as milliseconds after an origin. */
export const eventDraft = (
  at: fc.Arbitrary<number>,
): fc.Arbitrary<Omit<Event, 'timestamp'> & { readonly at: number }> =>
  fc.record({
    id: fc.integer({ min: 0, max: 60 }).map((number) => `é${String(number)}`),
    name: fc.constantFrom(...eventNames),
    externalCustomerId: fc.constantFrom(...customers),
    customerId: fc.constantFrom('', 'cust_1'),
    source: fc.constantFrom('', 'api', 'job'),
    properties,
    at,
  });

/** Dense around the edges of a few quarter hours and within them; also around edges of days, and up to a few days away. */
export const moments = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.integer({ min: -6, max: 6 }), fc.constantFrom(-1, 0, 0, 1, 999, 7 * minuteMs, 7 * minuteMs + 1))
      .map(([quarter, ms]) => quarter * quarterMs + ms),
  },
  { weight: 2, arbitrary: fc.integer({ min: -6 * hourMs, max: 6 * hourMs }) },
  { weight: 1, arbitrary: fc.integer({ min: -3 * dayMs, max: 3 * dayMs }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: -4, max: 4 }), fc.constantFrom(-1, 0)).map(([day, ms]) => day * dayMs + ms),
  },
);
