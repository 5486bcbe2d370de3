// Segments are put once; an event is found by its claim; hours are read in order and to their end.
import { expect, test } from '@jest/globals';
import type { SegmentPart } from '../../../shared/domain/events/segment-part.ts';
import { createSegmentStore } from '../../../shared/store/events/segments.ts';
import { segmentKey } from '../../../shared/store/table/keys.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { aDecision, anEvent, aPart, aSegment, someHour, someInstant } from '../../support/builders/builders.ts';
import { newScope } from './new-scope.ts';

const failed = aDecision({ verdict: 'meter_lookup' });
const address = { customer: 'acme', name: 'llm.call', timestamp: someInstant, batchId: aPart().batchId };

export const describeSegments = (table: () => Table): void => {
  test('the decisions of a segment that were stored first count', async () => {
    const segments = createSegmentStore(table());
    const scope = newScope();
    expect(await segments.putIfAbsent(scope, aPart(), aSegment(), undefined)).toEqual({ kind: 'written' });
    expect(await segments.putIfAbsent(scope, aPart(), aSegment([anEvent()], failed), undefined)).toEqual({
      kind: 'existing',
      contents: aSegment(),
    });
  });

  test('a segment expires at its time', async () => {
    const scope = newScope();
    await createSegmentStore(table()).putIfAbsent(scope, aPart(), aSegment(), 1_900_000_000);
    expect(await table().get(segmentKey(scope, aPart()))).toHaveProperty('ttl', 1_900_000_000);
  });

  test('parts of segments are read in their order; an absent one is an error', async () => {
    const segments = createSegmentStore(table());
    const scope = newScope();
    const parts = [aPart({ customer: 'b#*' }), aPart({ customer: 'a', name: '#%' })];
    for (const { customer, name, ...part } of parts) {
      const events = [anEvent({ id: customer, externalCustomerId: customer, name })];
      await segments.putIfAbsent(scope, { ...part, customer, name }, aSegment(events), undefined);
    }
    const contents = await segments.readMany(scope, parts);
    expect(contents.map(({ entries }) => entries[0]?.event.id)).toEqual(['b#*', 'a']);
    await expect(segments.readMany(scope, [...parts, aPart({ first: 7, last: 7 })])).rejects.toThrow('missing');
  });

  test('an entry is found in the lowest part that has it', async () => {
    const segments = createSegmentStore(table());
    const scope = newScope();
    const [a, b, c] = ['a', 'b', 'c'].map((id) => anEvent({ id }));
    if (!a || !b || !c) throw new Error('three events');
    await segments.putIfAbsent(scope, aPart({ first: 1, last: 2 }), aSegment([b, c], failed), undefined);
    await segments.putIfAbsent(scope, aPart({ first: 0, last: 1 }), aSegment([a, b]), undefined);
    const { catalogVersion, decidedAt } = aSegment();
    const stored = (event: typeof a, decision = aDecision()) => ({ event, decision, catalogVersion, decidedAt });
    expect(await segments.findEntry(scope, { ...address, index: 1 }, 'b')).toEqual(stored(b));
    expect(await segments.findEntry(scope, { ...address, index: 2 }, 'c')).toEqual(stored(c, failed));
    expect(await segments.findEntry(scope, { ...address, index: 3 }, 'd')).toBeUndefined();
    expect(await segments.findEntry(scope, { ...address, name: 'llm', index: 1 }, 'b')).toBeUndefined();
  });

  test('hours of segments are read in order, both ends included, across months and pages', async () => {
    const segments = createSegmentStore(table());
    const scope = newScope();
    // 2025-10-31T22 is 395 hours after the hour of the builders.
    const hours = [0, 1, 7, 30, 395, 396, 397, 398, 1_200].map((distance) => someHour + distance);
    const parts = hours.flatMap((hour) => [aPart({ hour }), aPart({ hour, name: 'z', first: 1, last: 1 })]);
    const put = (part: SegmentPart) =>
      segments.putIfAbsent(scope, part, aSegment([anEvent({ timestamp: part.hour * 3_600_000 })]), undefined);
    await Promise.all([...parts.toReversed(), aPart({ customer: 'acme ', hour: someHour + 1 })].map(put));
    const read = async (from: number, to: number, descending?: boolean): Promise<SegmentPart[]> => {
      const found: SegmentPart[] = [];
      for await (const page of segments.readHours(scope, 'acme', from, to, descending)) {
        for (const { part, timestamps, readContents } of page) {
          expect(readContents().entries.map(({ event }) => event.timestamp)).toEqual(timestamps);
          found.push(part);
        }
      }
      return found;
    };
    expect(await read(someHour, someHour + 1_200)).toEqual(parts);
    expect(await read(someHour, someHour + 1_200, true)).toEqual(parts.toReversed());
    expect(await read(someHour + 1, someHour + 397)).toEqual(parts.slice(2, 14));
    expect(await read(someHour + 399, someHour + 1_199)).toEqual([]);
  });
};
