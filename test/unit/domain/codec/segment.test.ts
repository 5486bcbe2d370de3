import { describe, expect, test } from '@jest/globals';
import { decodeFrame, encodeFrame } from '../../../../shared/domain/codec/segment-frame.ts';
import { SegmentFormatError } from '../../../../shared/domain/codec/segment-lines.ts';
import { decodeSegment, encodeSegment, openSegment } from '../../../../shared/domain/codec/segment.ts';
import type { JsonObject } from '../../../../shared/domain/json-text.ts';
import { arrivalWarnings, type Decision } from '../../../../shared/domain/matching/decision.ts';
import { aDecision, anEvent, aSegment, someInstant } from '../../../support/builders/builders.ts';

const identity = { customer: 'acme', name: 'llm.call' };
const segmentOf = (...properties: (JsonObject | null)[]) =>
  aSegment(properties.map((own, index) => anEvent({ id: `event-${String(index)}`, properties: own })));
const linesOf = (bytes: Uint8Array): readonly string[] => decodeFrame(bytes).lines;

describe('a segment', () => {
  test('has one line for each field and each property', () => {
    const lines = linesOf(encodeSegment(segmentOf({ model: 'a', n: 1 }, { model: 'a', n: 2.5 }, null)));
    expect(lines).toEqual([
      `[3,3,${String(someInstant + 1000)},null,[[0,1],null],["model",1,"n",0]]`,
      '["event-0","event-1","event-2"]',
      '[-1000,0,0]',
      '""',
      '""',
      '0',
      '[0,0,1]',
      '[["cust_1","meter_1","price_1","subs_line_1"],[[0,0,[1],[2],[3],[],[]]]]',
      '"a"',
      '[1,2.5]',
    ]);
  });

  test('keeps strings of few values as a dictionary, so that a filter is tested once for each', () => {
    const regions = ['eu', 'us', 'eu', 'eu', 'us'];
    const columns = openSegment(encodeSegment(segmentOf(...regions.map((region) => ({ region })), {})));
    expect(columns.property('region')).toEqual({ values: ['eu', 'us', undefined], indexes: [0, 1, 0, 0, 1, 2] });
  });

  test('keeps properties with more than 256 keys as whole objects', () => {
    const wide = (from: number): JsonObject =>
      Object.fromEntries(Array.from({ length: 129 }, (_, key) => [`key ${String(from + key)}`, key]));
    const contents = segmentOf(wide(0), null, wide(129));
    const bytes = encodeSegment(contents);
    expect(linesOf(bytes)).toHaveLength(9);
    expect(decodeSegment(bytes, identity)).toEqual(contents);
    expect(openSegment(bytes).property('key 130').values).toEqual([undefined, undefined, 1]);
    expect(linesOf(encodeSegment(segmentOf(wide(0), wide(127))))).toHaveLength(8 + 256);
  });

  test('refuses times that are no whole milliseconds', () => {
    expect(() => encodeSegment(aSegment([anEvent({ timestamp: 0.5 })]))).toThrow('not whole');
  });

  test.each<[string, (lines: string[]) => unknown]>([
    ['a count that is wrong', (lines) => (lines[0] = lines[0]?.replace('[2,', '[3,') ?? '')],
    ['an id missing', (lines) => (lines[1] = '["event-0"]')],
    ['a timestamp missing', (lines) => (lines[2] = '[0]')],
    ['a fraction of a millisecond', (lines) => (lines[2] = '[0,0.5]')],
    ['a source that is no string', (lines) => (lines[3] = '7')],
    ['a decision that is not there', (lines) => (lines[5] = '1')],
    ['a shape that is not there', (lines) => (lines[6] = '[0,1]')],
    ['an unknown verdict', (lines) => (lines[7] = '[["c"],[[9,0,[],[],[],[],[]]]]')],
    ['an unknown warning', (lines) => (lines[7] = '[["c"],[[0,0,[],[],[],[["new","",""]],[]]]]')],
    ['an id of a decision that is not there', (lines) => (lines[7] = '[["c"],[[0,1,[],[],[],[],[]]]]')],
    ['a column missing', (lines) => lines.pop()],
    ['a column too many', (lines) => lines.push('1')],
    ['a value missing', (lines) => (lines[8] = '[1]')],
    ['a line that is not JSON', (lines) => (lines[8] = '[1,')],
  ])('with %s is an error', (_, change) => {
    const { lines, raw } = decodeFrame(encodeSegment(segmentOf({ n: 1 }, { n: 2 })));
    const changed = [...lines];
    change(changed);
    expect(() => decodeSegment(encodeFrame(changed, [raw], 0), identity)).toThrow(SegmentFormatError);
  });

  test('is refused with a raw block that no column reads', () => {
    const { lines } = decodeFrame(encodeSegment(segmentOf({ n: 1 })));
    expect(() => openSegment(encodeFrame(lines, [Uint8Array.of(1)], 0))).toThrow(SegmentFormatError);
  });
});

describe('decisions of more than 100 KB', () => {
  const ids = (kind: string, event: number) =>
    Array.from({ length: 50 }, (_, n) => `${kind}_${String(event)}_${String(n)}`.padEnd(32, 'x'));
  const large = (event: number): Decision =>
    aDecision({
      meterIds: ids('meter', event),
      beyond: { meters: 7, prices: 0, lineItems: 0 },
      warnings: [{ code: 'missing_property', subject: 'meter_1', detail: 'é'.repeat(100) }],
    });
  const entries = Array.from({ length: 500 }, (_, event) => ({
    event: anEvent({ id: String(event) }),
    decision: large(event),
  }));
  const bytes = encodeSegment({ catalogVersion: 1, decidedAt: someInstant, entries });
  const decisions = openSegment(bytes).decisions();

  test('keep their details as long as there is room', () => {
    expect(decisions[0]).toEqual(large(0));
    expect(Buffer.byteLength(linesOf(bytes)[7] ?? '')).toBeLessThanOrEqual(100 * 1024);
  });

  test('keep verdict, customer and counts of what was left out beyond that', () => {
    expect(decisions[499]).toEqual(
      aDecision({
        meterIds: [],
        priceIds: [],
        lineItemIds: [],
        beyond: { meters: 57, prices: 1, lineItems: 1, warnings: 1 },
        warnings: [],
      }),
    );
  });
});

describe('events with fields that events do not have', () => {
  const unknownFields = (event: number) =>
    Array.from({ length: 10 }, (_, n) => `u${String(event)}_${String(n)}`.padEnd(60, 'y'));
  const decisionsOf = (fieldsOf: (event: number) => readonly string[]): readonly Decision[] => {
    const entries = Array.from({ length: 400 }, (_, index) => {
      const event = anEvent({ id: String(index) });
      const accepted = { event, isTimestampSent: true, unknownFields: fieldsOf(index) };
      return { event, decision: aDecision({ warnings: arrivalWarnings(accepted, event.timestamp) }) };
    });
    return openSegment(encodeSegment({ catalogVersion: 1, decidedAt: someInstant, entries })).decisions();
  };
  const { meterIds, priceIds, lineItemIds } = aDecision();

  test('keep their decisions, and the first ones the names of the fields too', () => {
    const decisions = decisionsOf(unknownFields);
    expect(decisions.filter(({ warnings }) => warnings.length > 0).length).toBeGreaterThan(5);
    expect(decisions).toEqual(decisions.map((one) => ({ ...one, meterIds, priceIds, lineItemIds })));
    expect(decisions[0]?.warnings.map(({ subject }) => subject)).toEqual(unknownFields(0).slice(0, 3));
    expect(decisions[0]?.warnings[2]?.detail).toMatch(/ is not known; at least 7 more fields are not$/);
    expect(decisions[399]).toMatchObject({ warnings: [], beyond: { warnings: 3 } });
  });

  test('take no room from the decisions of other events', () => {
    const large = (event: number): Decision =>
      aDecision({
        meterIds: Array.from({ length: 50 }, (_, n) => `meter_${String(event)}_${String(n)}`.padEnd(32, 'x')),
      });
    const kept = (extra: (event: number) => readonly string[]): number => {
      const entries = Array.from({ length: 500 }, (_, index) => {
        const event = anEvent({ id: String(index) });
        const accepted = { event, isTimestampSent: true, unknownFields: extra(index) };
        const warnings = arrivalWarnings(accepted, event.timestamp);
        return { event, decision: index % 2 === 0 ? large(index) : aDecision({ warnings }) };
      });
      const bytes = encodeSegment({ catalogVersion: 1, decidedAt: someInstant, entries });
      expect(Buffer.byteLength(linesOf(bytes)[7] ?? '')).toBeLessThanOrEqual(100 * 1024);
      return openSegment(bytes)
        .decisions()
        .filter((one, index) => index % 2 === 0 && one.meterIds.length > 0).length;
    };
    expect(kept(unknownFields)).toBe(kept(() => []));
  });

  test('name the same fields once for all', () => {
    const decisions = decisionsOf(() => ['propertes', 'time']);
    expect(decisions.every(({ warnings }) => warnings.length === 2)).toBe(true);
  });
});
