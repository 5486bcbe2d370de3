// Arbitrary events for the codec's laws: what JSON allows and what serializers are known to lose.
import fc from 'fast-check';
import type { SegmentContents } from '../../../shared/domain/codec/segment.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import {
  isJsonObject,
  type JsonObject,
  jsonText,
  type JsonValue,
  parseJson,
} from '../../../shared/domain/json-text.ts';
import { type Decision, failurePoints } from '../../../shared/domain/matching/decision.ts';
import { warningCodes } from '../../../shared/domain/matching/warnings.ts';
import { longNumbers } from './json-numbers.ts';

const hostileTexts = [
  '',
  '__proto__',
  'constructor',
  'toJSON',
  'hasOwnProperty',
  '0',
  '10',
  '-1',
  'a,b',
  '["a"]',
  '\n',
  '\0',
  '\u2028',
  '\ud800',
  '\udc00x',
  '\ufeff',
  '\ufffe',
  '😀',
  'é',
  'null',
];
const text = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 40 }),
);
const number = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 0.1, 1e21, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, 123456789.1234567),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
);
const primitive = fc.oneof(text, number, longNumbers, fc.boolean(), fc.constant(null));

const toObject = (entries: readonly (readonly [string, JsonValue])[]): JsonObject => Object.fromEntries(entries);

export const jsonValues: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    primitive,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map(toObject),
  ),
})).value;

const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: length, maxLength: length });
const from = (alphabet: string, length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength: length, maxLength: length });
const alphanumerics = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ulid = fc
  .tuple(fc.constantFrom(...Array.from('01234567')), from('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 25))
  .map(([first, rest]) => first + rest);

/** One of the kinds of id that real traffic has; every id of a list is of the same kind but for `mixed`. */
const idKinds: readonly fc.Arbitrary<string>[] = [
  fc.uuid(),
  fc.uuid().map((id) => id.toUpperCase()),
  fc.uuid().map((id) => `evt:${id}`),
  ulid,
  ulid.map((id) => `event_${id}`),
  ulid.map((id) => id.toLowerCase()),
  from(alphanumerics, 24),
  from(alphanumerics, 12).map((id) => `req-${id}`),
  from(alphanumerics, 11),
  hex(32),
  text,
];
const mixed = fc.oneof(...idKinds);

/** Lists of values that a column packs, in a property or as ids. */
const idLists = (length: number): fc.Arbitrary<string[]> =>
  fc.oneof(
    ...idKinds.map((kind) => fc.array(kind, { minLength: length, maxLength: length })),
    fc.array(mixed, { minLength: length, maxLength: length }),
  );

const maxTime = Date.UTC(9999, 11, 31);
const minTime = -62_135_596_800_000;
const timestamp = fc.oneof(
  fc.integer({ min: 1_760_000_000_000, max: 1_760_003_600_000 }),
  fc.integer({ min: minTime, max: maxTime }),
  fc.constantFrom(0, minTime, maxTime),
);

const idList = fc.array(
  fc.oneof(
    ulid.map((id) => `meter_${id}`),
    text,
  ),
  { maxLength: 4 },
);
const count = fc.oneof(fc.constant(0), fc.nat(1000));

const ordinary = { noNullPrototype: true };

const decisions: fc.Arbitrary<Decision> = fc.record(
  {
    verdict: fc.constantFrom('processed', ...failurePoints),
    customerId: text,
    meterIds: idList,
    priceIds: idList,
    lineItemIds: idList,
    beyond: fc
      .record({ meters: count, prices: count, lineItems: count, warnings: count })
      .map(({ warnings, ...rest }) => (warnings === 0 ? rest : { ...rest, warnings })),
    warnings: fc.array(fc.record({ code: fc.constantFrom(...warningCodes), subject: text, detail: text }, ordinary), {
      maxLength: 2,
    }),
  },
  ordinary,
);

/** Objects with keys of a small set, so that columns are shared, or of any keys. */
const propertiesOf = (keys: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<JsonObject> =>
  fc.array(fc.tuple(keys, jsonValues), { maxLength }).map(toObject);

const properties = (keys: readonly string[]): fc.Arbitrary<JsonObject | null> =>
  fc.oneof(
    { weight: 6, arbitrary: propertiesOf(fc.constantFrom(...keys), 6) },
    { weight: 2, arbitrary: propertiesOf(text, 6) },
    { weight: 1, arbitrary: fc.constant(null) },
  );

/** As JSON.parse would have made it: what it loses is lost before the codec sees it. */
const parsed = (object: JsonObject | null): JsonObject | null => {
  const copy = parseJson(jsonText(object));
  return isJsonObject(copy) ? copy : null;
};

const eventList = (length: number, customer: string, name: string): fc.Arbitrary<Event[]> =>
  fc
    .record({
      ids: idLists(length),
      packable: idLists(length),
      isPackableUsed: fc.boolean(),
      sources: fc.oneof(
        text.map((source) => new Array<string>(length).fill(source)),
        fc.array(text, { minLength: length, maxLength: length }),
      ),
      customerIds: fc.array(fc.constantFrom('', 'cust_1'), { minLength: length, maxLength: length }),
      timestamps: fc.array(timestamp, { minLength: length, maxLength: length }),
      properties: fc
        .array(text, { minLength: 1, maxLength: 4 })
        .chain((keys) => fc.array(properties(keys), { minLength: length, maxLength: length })),
    })
    .map((lists) =>
      Array.from({ length }, (_, index) => {
        const own = lists.properties[index] ?? null;
        return {
          id: lists.ids[index] ?? '',
          name,
          externalCustomerId: customer,
          customerId: lists.customerIds[index] ?? '',
          timestamp: lists.timestamps[index] ?? 0,
          source: lists.sources[index] ?? '',
          properties: parsed(lists.isPackableUsed && own ? { ...own, packable: lists.packable[index] ?? '' } : own),
        };
      }),
    );

/** Contents of a segment of this customer and event name. */
export const segmentContents = (customer: string, name: string): fc.Arbitrary<SegmentContents> =>
  fc.nat({ max: 12 }).chain((length) =>
    fc
      .record({
        catalogVersion: fc.nat(),
        decidedAt: timestamp,
        events: eventList(length + 1, customer, name),
        decisions: fc
          .array(decisions, { minLength: 1, maxLength: 3 })
          .chain((few) => fc.array(fc.constantFrom(...few), { minLength: length + 1, maxLength: length + 1 })),
      })
      .map(({ catalogVersion, decidedAt, events, decisions }) => ({
        catalogVersion,
        decidedAt,
        entries: events.flatMap((event, index) => {
          const decision = decisions[index];
          return decision ? [{ event, decision }] : [];
        }),
      })),
  );
