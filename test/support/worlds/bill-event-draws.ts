// Draws the events of a case: in what is billed, before and after it, and exactly where versions begin and end.
import type { SeededRandom } from '../builders/seeded-random.ts';
import type { EventOfCase, MeterOfCase, UsageItem } from '../oracles/bill/bill-case.ts';
import { chance, type Frame } from './bill-item-draws.ts';

const msPerDay = 86_400_000;

const drawAt = (random: SeededRandom, items: readonly UsageItem[], { start, from, to }: Frame): number => {
  const place = random.next();
  if (place < 0.15) {
    const item = items[random.integer(0, Math.max(0, items.length - 1))];
    const at = random.pick([item?.start ?? start, item?.end ?? to]);
    return at + random.pick([0, 0, -1]);
  }
  if (place < 0.75) return from + Math.floor(random.next() * (to - from));
  return start - 3 * msPerDay + Math.floor(random.next() * (to + 6 * msPerDay - start));
};

const drawValue = (random: SeededRandom, { aggregation }: MeterOfCase, hasRefunds: boolean): string => {
  if (aggregation === 'COUNT_UNIQUE') return String(random.integer(0, 6));
  const size = random.pick([0, 5, 20, 100, 300]);
  const value = chance(random, 0.7)
    ? String(random.integer(0, size))
    : `${String(random.integer(0, size))}.${random.pick(['5', '25', '125'])}`;
  return hasRefunds && chance(random, 0.3) && !/^0/.test(value) ? `-${value}` : value;
};

export const drawEvents = (
  random: SeededRandom,
  meters: readonly MeterOfCase[],
  items: readonly UsageItem[],
  frame: Frame,
): readonly EventOfCase[] => {
  const hasRefunds = chance(random, 0.2);
  const events = meters.flatMap((meter) =>
    Array.from({ length: random.integer(2, 20) }, (_, place): EventOfCase => {
      const own = items.filter(({ meterId }) => meterId === meter.id);
      return {
        id: `${meter.id}_event_${String(place)}`,
        meterId: meter.id,
        at: drawAt(random, own, frame),
        value: drawValue(random, meter, hasRefunds),
        ...(meter.isGrouped && { group: random.pick(['a', 'b', 'c']) }),
      };
    }),
  );
  // Which of two events at one time is the latest is not said anywhere.
  return [...new Map(events.map((event) => [`${event.meterId} ${String(event.at)}`, event])).values()];
};
