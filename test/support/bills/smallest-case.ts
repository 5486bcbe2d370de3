// Makes a failing case smaller, greedily: it leaves out whatever the difference does not need.
import type { BillCase } from '../oracles/bill/bill-case.ts';

const withoutPlace = <T>(values: readonly T[], place: number): readonly T[] =>
  values.filter((_, other) => other !== place);

const withoutCommitment = (bill: BillCase): BillCase => {
  const rest = { ...bill };
  delete rest.commitment;
  return rest;
};

const withoutTrial = (bill: BillCase): BillCase => {
  const rest = { ...bill };
  delete rest.trialEnd;
  return rest;
};

/** Cases that have one thing less. */
function* smaller(bill: BillCase): Generator<BillCase> {
  for (const place of bill.items.keys()) yield { ...bill, items: withoutPlace(bill.items, place) };
  for (const place of bill.events.keys()) yield { ...bill, events: withoutPlace(bill.events, place) };
  for (const place of bill.allowances.keys()) yield { ...bill, allowances: withoutPlace(bill.allowances, place) };
  for (const [place, { id }] of bill.meters.entries()) {
    if (!bill.items.some((item) => item.type === 'USAGE' && item.meterId === id)) {
      const events = bill.events.filter(({ meterId }) => meterId !== id);
      const allowances = bill.allowances.filter(({ meterId }) => meterId !== id);
      yield { ...bill, events, allowances, meters: withoutPlace(bill.meters, place) };
    }
  }
  if (bill.commitment) yield withoutCommitment(bill);
  if (bill.trialEnd !== undefined) yield withoutTrial(bill);
  if (bill.zone !== 'UTC') yield { ...bill, zone: 'UTC' };
  if (bill.anchor !== bill.start) yield { ...bill, anchor: bill.start };
  if (bill.currency !== 'usd') yield { ...bill, currency: 'usd' };
  if (bill.asked.end !== undefined) yield { ...bill, asked: { start: bill.asked.start } };
  for (const [place, item] of bill.items.entries()) {
    const changed = (other: typeof item): BillCase => ({ ...bill, items: bill.items.with(place, other) });
    if (item.terms.model !== 'FLAT_FEE') yield changed({ ...item, terms: { model: 'FLAT_FEE', amount: '1' } });
    if (item.type === 'USAGE' && item.commitment) {
      const rest = { ...item };
      delete rest.commitment;
      yield changed(rest);
    }
  }
}

/** The smallest case that still fails, as far as leaving out one thing after another finds it. */
export const smallestCase = async (bill: BillCase, fails: (bill: BillCase) => Promise<boolean>): Promise<BillCase> => {
  for (const other of smaller(bill)) {
    if (await fails(other)) return smallestCase(other, fails);
  }
  return bill;
};
