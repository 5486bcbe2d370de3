// A day page gives back the states it was made of, or nothing: bytes that are not as they were written are refused.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ByteFormatError } from '../../../../shared/domain/codec/byte-stream.ts';
import { type DayPage, decodeDayPage, encodeDayPage, slotMsOf } from '../../../../shared/domain/usage/day-page.ts';
import { type AggregationType, aggregationTypes } from '../../../../shared/domain/meters/meter.ts';
import type { Definition } from '../../../../shared/domain/usage/definition.ts';
import { encodeSegment, openSegment } from '../../../../shared/domain/codec/segment.ts';
import { foldInto, type SlotStates } from '../../../../shared/domain/usage/usage-fold.ts';
import { aSegment } from '../../../support/builders/builders.ts';
import { describePage } from '../../../support/oracles/usage-states.ts';
import { questions, toDefinition } from '../../../support/worlds/usage-questions.ts';
import { dayMs, eventDraft, hourMs } from '../../../support/arbitraries/usage-values.ts';

const hoursPerDay = 24;
/** Before the epoch too. */
const day = fc.oneof(fc.integer({ min: 20_000, max: 21_000 }), fc.integer({ min: -700_000, max: 2_900_000 }));
const events = fc.array(eventDraft(fc.integer({ min: 0, max: dayMs - 1 })), { maxLength: 15 });
const hours = fc.uniqueArray(fc.tuple(fc.nat(hoursPerDay - 1), fc.nat(2 ** 32 - 1)), {
  selector: ([hour]) => hour,
  maxLength: hoursPerDay,
});

interface PageCase {
  readonly page: DayPage;
  readonly definition: Definition;
}

const pagesOf = (type?: AggregationType): fc.Arbitrary<PageCase> =>
  fc
    .record({ day, events, hours, question: questions(fc.constant('UTC'), type) })
    .map(({ day, events, hours, question }) => {
      const definition = toDefinition(question);
      const slotMs = slotMsOf(definition);
      const held = new Map(hours.map(([hour, counter]) => [day * hoursPerDay + hour, counter]));
      const all = events.map(({ at, ...event }) => ({ ...event, timestamp: day * dayMs + at }));
      const slots: SlotStates = new Map();
      foldInto(slots, definition, openSegment(encodeSegment(aSegment(all))), (timestamp) =>
        held.has(Math.floor(timestamp / hourMs)) ? Math.floor(timestamp / slotMs) * slotMs : undefined,
      );
      return { page: { day, hours: held, slots }, definition };
    });
const pages = pagesOf();

const encode = ({ page, definition }: PageCase): Uint8Array => encodeDayPage(page, definition);

describe('a day page', () => {
  test.each(aggregationTypes)('of %s is read as it was written', (type) => {
    fc.assert(
      fc.property(pagesOf(type), ({ page, definition }) => {
        const read = decodeDayPage(encode({ page, definition }), page.day, definition);
        expect(describePage(read)).toEqual(describePage(page));
      }),
      { numRuns: 80 },
    );
  });

  test('is refused with changed, missing or additional bytes', () => {
    const change = fc.record({
      kind: fc.constantFrom('change', 'cut', 'remove', 'insert', 'swap'),
      index: fc.nat(),
      byte: fc.nat(255),
    });
    fc.assert(
      fc.property(pages, change, ({ page, definition }, { kind, index, byte }) => {
        const bytes = [...encode({ page, definition })];
        const at = index % bytes.length;
        const changed = [...bytes];
        if (kind === 'change') changed[at] = byte;
        else if (kind === 'cut') changed.length = at;
        else if (kind === 'remove') changed.splice(at, 1);
        else if (kind === 'insert') changed.splice(at, 0, byte);
        else changed.push(...changed.splice(0, at));
        fc.pre(changed.join() !== bytes.join());
        expect(() => decodeDayPage(Uint8Array.from(changed), page.day, definition)).toThrow(ByteFormatError);
      }),
      { numRuns: 700 },
    );
  });

  test('is refused for another aggregation', () => {
    fc.assert(
      fc.property(pages, pages, ({ page, definition }, other) => {
        fc.pre(definition.type !== other.definition.type);
        const bytes = encode({ page, definition });
        expect(() => decodeDayPage(bytes, page.day, other.definition)).toThrow(ByteFormatError);
      }),
      { numRuns: 100 },
    );
  });

  test('is not written with a slot of an hour that it does not contain', () => {
    fc.assert(
      fc.property(pages, ({ page, definition }) => {
        const [slot] = page.slots.keys();
        fc.pre(slot !== undefined);
        const hours = new Map([...page.hours].filter(([hour]) => hour !== Math.floor(slot / hourMs)));
        expect(() => encodeDayPage({ ...page, hours }, definition)).toThrow('an hour that the page does not contain');
      }),
      { numRuns: 50 },
    );
  });
});
