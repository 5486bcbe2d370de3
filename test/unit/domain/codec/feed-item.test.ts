import { describe, expect, test } from '@jest/globals';
import {
  decodeFeedItem,
  encodeFeedItem,
  type FeedEntry,
  toFeedEntry,
} from '../../../../shared/domain/codec/feed-item.ts';
import { encodeSegment } from '../../../../shared/domain/codec/segment.ts';
import { SegmentFormatError } from '../../../../shared/domain/codec/segment-lines.ts';
import { aDecision, anEvent, aPart, aSegment, someHour, someInstant } from '../../../support/builders/builders.ts';

const events = (count: number) =>
  Array.from({ length: count }, (_, index) => anEvent({ id: String(index), timestamp: someInstant - index }));

describe('a part in the feed', () => {
  test('is complete when it has at most 16 events', () => {
    const contents = aSegment(events(16));
    expect(toFeedEntry(aPart(), contents)).toEqual({ kind: 'inline', part: aPart(), contents });
  });

  test('is a reference with span and verdicts when it has more events', () => {
    const part = aPart({ first: 3, last: 19 });
    const { entries, ...decided } = aSegment(events(17));
    const contents = {
      ...decided,
      entries: entries.map((entry, index) =>
        index < 2 ? { ...entry, decision: aDecision({ verdict: 'price_lookup' }) } : entry,
      ),
    };
    expect(toFeedEntry(part, contents)).toEqual({
      kind: 'reference',
      part,
      count: 17,
      firstTimestamp: someInstant - 16,
      lastTimestamp: someInstant,
      verdicts: { processed: 15, price_lookup: 2 },
    });
  });
});

describe('a feed item', () => {
  const inline = (customer: string, first: number, catalogVersion: number): FeedEntry => ({
    kind: 'inline',
    part: aPart({ customer, first, last: first }),
    contents: { ...aSegment([anEvent({ externalCustomerId: customer })]), catalogVersion },
  });

  test('gives every event its customer, every part its range, version and time', () => {
    const entries = [
      inline('acme', 0, 4),
      toFeedEntry(aPart({ customer: 'large', last: 16 }), aSegment(events(17))),
      inline('other', 1, 5),
    ];
    expect(decodeFeedItem(encodeFeedItem(entries), someHour)).toEqual(entries);
  });

  test('takes little more room than its ids for a thousand customers', () => {
    const singles = Array.from({ length: 1000 }, (_, index) => inline(`customer-${String(index)}`, index, 1));
    expect(encodeFeedItem(singles).length / singles.length).toBeLessThan(16);
  });

  test('is never read as a segment, nor a segment as a feed item', () => {
    expect(() => decodeFeedItem(encodeSegment(aSegment()), someHour)).toThrow(SegmentFormatError);
  });
});
