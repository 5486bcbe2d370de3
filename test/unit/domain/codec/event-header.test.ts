// Layouts are remembered: nothing of one segment may show in another.
import { describe, expect, test } from '@jest/globals';
import { readHeader } from '../../../../shared/domain/codec/event-columns.ts';
import { decodeSegment, encodeSegment } from '../../../../shared/domain/codec/segment.ts';
import { aDecision, anEvent } from '../../../support/builders/builders.ts';

const contentsOf = (properties: object | null, decidedAt: number) => ({
  catalogVersion: 1,
  decidedAt,
  entries: [{ event: anEvent({ properties: properties && { ...properties } }), decision: aDecision() }],
});

describe('the header of a segment', () => {
  test('is decoded again for segments of the same layout and of others in turn', () => {
    const all = [{ a: 1 }, { a: 2 }, { a: 1, b: 'x' }, null, { a: 3 }, { b: 'x', a: 1 }, {}].map(contentsOf);
    const stored = all.map((contents) => encodeSegment(contents));
    expect(stored.map((bytes) => decodeSegment(bytes, { customer: 'acme', name: 'llm.call' }))).toEqual(all);
  });

  test.each([
    '',
    '[]',
    '[1,2,3]',
    '[1,2,3,null]',
    '[1,2,"3",null,[],[]]',
    '[1,-,3,null,[],[]]',
    '[1.5,2,3,null,[],[]]',
    '[1,2,3,null,[],["a"]]',
    '[1,2,3,9,[],[]]',
  ])('is refused where it is %s', (line) => {
    expect(() => readHeader(line)).toThrow(expect.objectContaining({ name: 'SegmentFormatError' }));
  });
});
