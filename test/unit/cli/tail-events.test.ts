import { describe, expect, test } from '@jest/globals';
import { compareLooks, lookSize } from '../../../cli/tail-events.ts';

const event = (number: number) => ({
  id: `e${String(number)}`,
  event_name: 'a',
  external_customer_id: 'acme',
  timestamp: new Date(number * 1_000).toISOString(),
  properties: null,
});
/** Newest first. */
const events = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => event(to - 1 - index));

describe('one look after the other', () => {
  test('the first shows nothing; then what is new, oldest first', () => {
    expect(compareLooks(undefined, events(0, 9))).toEqual({ fresh: [] });
    expect(compareLooks(events(0, 2), events(0, 4))).toEqual({ fresh: [event(2), event(3)] });
    expect(compareLooks([], events(0, 1))).toEqual({ fresh: [event(0)] });
  });

  test('as long as one is known, none between is left out', () => {
    const look = compareLooks(events(0, 10), events(9, 9 + lookSize));
    expect(look.fresh).toHaveLength(lookSize - 1);
    expect(look.gap).toBeUndefined();
  });

  test('when all are new, it tells between which times some may be left out', () => {
    expect(compareLooks(events(0, 10), events(10, 10 + lookSize)).gap).toEqual({
      from: event(9).timestamp,
      to: event(10).timestamp,
    });
    expect(compareLooks([], events(10, 10 + lookSize)).gap).toEqual({ from: undefined, to: event(10).timestamp });
  });
});
