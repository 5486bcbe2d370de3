// Bills of drawn subscriptions: the product and an oracle that was written from the rules alone say the same. `npm run oracle`
// draws many more.
import { describe, expect, jest, test } from '@jest/globals';
import { aBillCase, aFixedItem, aUsageItem, day, each } from '../../support/oracles/bill/bill-cases.ts';
import { seededRandom } from '../../support/builders/seeded-random.ts';
import type { BillCase, ItemOfCase } from '../../support/oracles/bill/bill-case.ts';
import { periodAt } from '../../support/oracles/bill/billing-periods.ts';
import { billOf } from '../../support/oracles/bill/bill.ts';
import { differencesOf } from '../../support/bills/differences.ts';
import { decimalText, type Fraction, isNothing, total } from '../../support/oracles/bill/fraction.ts';
import { drawBillCase } from '../../support/worlds/bill-draws.ts';

const cases = 250;
const firstSeed = jest.getSeed() * 10_000;
const seeds = Array.from({ length: cases }, (_, place) => firstSeed + place);

/** The item again, with the same terms, from a time on: as a change of the line, or with an equal price of its own. */
const statedAgain = (bill: BillCase, item: ItemOfCase, at: number, isInline: boolean): BillCase => {
  const again = {
    ...item,
    id: `${item.id}_again`,
    start: at,
    ...(isInline && item.type === 'USAGE' && { lineage: 'inline again' }),
  };
  return { ...bill, items: [...bill.items.map((one) => (one === item ? { ...item, end: at } : one)), again] };
};

/** Only what adds up: prices of one amount per unit, units that are never taken back, fixed fees in arrear, no commitments. */
const plainCase = (bill: BillCase): BillCase => {
  const adds = bill.meters.filter(
    ({ aggregation, bucketSize }) => !bucketSize && ['COUNT', 'SUM', 'SUM_WITH_MULTIPLIER'].includes(aggregation),
  );
  const items = bill.items.flatMap(({ id, start, lineage, ...item }): ItemOfCase[] => {
    const common = { id, start, lineage, ...(item.end !== undefined && { end: item.end }), terms: each('0.35') };
    if (item.type === 'FIXED') return item.cadence === 'subscription' ? [aFixedItem(common)] : [];
    return adds.some((meter) => meter.id === item.meterId) ? [aUsageItem({ ...common, meterId: item.meterId })] : [];
  });
  const { zone, start, anchor, events, allowances } = bill;
  const kept = events.filter(({ value }) => !value.startsWith('-'));
  return aBillCase({ zone, start, anchor, meters: adds, items, allowances, events: kept, now: day('2028-01-01') });
};

const costOf = (bill: BillCase): Fraction => total(billOf(bill)?.lines.map(({ cost }) => cost) ?? []);

describe('the bill of a drawn subscription', () => {
  test('is what the oracle says, to the cent and by quantity', async () => {
    const different: string[] = [];
    for (const seed of seeds) {
      const differences = await differencesOf(drawBillCase(seed));
      if (differences.length > 0)
        different.push(`npm run oracle -- --cases 1 --seed ${String(seed)}: ${differences.join('; ')}`);
    }
    expect(different).toEqual([]);
  }, 60_000);
});

describe('the oracle of bills', () => {
  test('charges the same when terms that are there already are stated again', () => {
    const seen = { stated: 0, charged: 0 };
    for (const seed of seeds) {
      const random = seededRandom(seed + 7);
      const bill = drawBillCase(seed);
      const item = bill.items[random.integer(0, bill.items.length - 1)];
      const billed = billOf(bill);
      if (item === undefined || billed === undefined || (item.type === 'FIXED' && item.cadence === 'once')) continue;
      const at = billed.start + Math.floor(random.next() * (billed.end - billed.start));
      if (at <= item.start || at >= (item.end ?? Infinity)) continue;
      const again = billOf(statedAgain(bill, item, at, random.next() < 0.4));
      expect(again && decimalText(again.subtotal)).toBe(decimalText(billed.subtotal));
      seen.stated += 1;
      seen.charged += Number(!isNothing(billed.subtotal));
    }
    // Otherwise nothing was said.
    expect(Math.min(seen.stated, seen.charged)).toBeGreaterThan(cases / 10);
  });

  test('charges twelve months by themselves what they are as one range', () => {
    let charged = 0;
    for (const seed of seeds) {
      const bill = plainCase(drawBillCase(seed));
      const first = periodAt(bill, bill.start);
      const months = first ? [first] : [];
      for (let end = first?.end; end !== undefined && months.length < 12; end = months.at(-1)?.end) {
        const next = periodAt(bill, end);
        if (next === undefined) break;
        months.push(next);
      }
      const last = months.at(-1);
      if (last === undefined) continue;
      const parts = total(months.map(({ start }) => costOf({ ...bill, asked: { start } })));
      expect(decimalText(parts, 30)).toBe(
        decimalText(costOf({ ...bill, asked: { start: bill.start, end: last.end } }), 30),
      );
      charged += Number(!isNothing(parts));
    }
    expect(charged).toBeGreaterThan(cases / 4);
  });
});
