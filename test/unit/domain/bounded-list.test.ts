import { describe, expect, test } from '@jest/globals';
import { createBoundedList } from '../../../shared/domain/bounded-list.ts';

interface Item {
  readonly place: number;
  readonly from: string;
}
const open = (most: number) =>
  createBoundedList<Item>(
    (a, b) => a.place - b.place,
    most,
    (a, b) => a.from < b.from,
  );
const item = (place: number, from = 'b'): Item => ({ place, from });

describe('a bounded list', () => {
  test('keeps the better one of two equal items, or the one that came first', () => {
    const list = open(3);
    for (const one of [item(1), item(1, 'c'), item(2), item(2, 'a')]) list.add(one);
    expect(list.items).toEqual([item(1), item(2, 'a')]);
  });

  test('gives the first items away, and never takes one that comes after a dropped one', () => {
    const list = open(3);
    for (const place of [5, 4, 3, 2]) list.add(item(place));
    expect(list.takeFirst(2)).toEqual([item(2), item(3)]);
    // 5 was dropped: after it there would be a gap.
    list.add(item(6));
    expect(list.items).toEqual([item(4)]);
    expect(list.worst()).toEqual(item(4));
    expect(list.takeFirst(9)).toEqual([item(4)]);
    list.add(item(1));
    expect(list.items).toEqual([]);
  });
});
