// Bills of usage, and of the commitment of the subscription, in one part of time.
import type { BillCase, Range, Recurring } from './bill-case.ts';
import { beginningOf, type Part, periodAt } from './billing-periods.ts';
import { allowanceIn, chargeLine, type ChargedLine, roundedInOrder } from './charged-line.ts';
import { instantOf, lastBefore, type Series } from './civil-calendar.ts';
import { isInForce, type Split, splitLines } from './committed-bill.ts';
import { decimalsOf } from './currency-decimals.ts';
import {
  atLeastNothing,
  type Fraction,
  fractionOf,
  isAbove,
  isNothing,
  minus,
  nothing,
  one,
  over,
  plus,
  rounded,
  smaller,
  times,
  total,
} from './fraction.ts';
import { usageLinesIn } from './lines.ts';

export interface BilledLine extends Range {
  /** "" for what comes from no item. */
  readonly itemId: string;
  readonly kind: 'fixed' | 'usage' | 'overage' | 'commitment overage' | 'true-up';
  /** Undefined for lines that do not measure. */
  readonly measured?: Fraction;
  readonly quantity: Fraction;
  readonly hasAllowance: boolean;
  /** Exact, before it was rounded. */
  readonly cost: Fraction;
  readonly amount: Fraction;
}

const chargedLinesIn = (bill: BillCase, part: Part): readonly ChargedLine[] =>
  usageLinesIn(bill, part).map((line) => chargeLine(bill, line, part));

const withoutCommitment = (bill: BillCase): BillCase => {
  const rest = { ...bill };
  delete rest.commitment;
  return rest;
};

/** Terms that a part is billed with when nothing came before it in the window of the commitment. */
export const splitPart = (bill: BillCase, part: Part): Split =>
  splitLines(part.isTrial ? withoutCommitment(bill) : bill, chargedLinesIn(bill, part));

/** The window of a commitment that spans several periods. */
const windowOf = (bill: BillCase, duration: Recurring, at: number): Range => {
  const series: Series = { origin: beginningOf(bill), zone: bill.zone, period: duration, count: 1 };
  const k = lastBefore(series, at);
  return { start: k <= 0 ? series.origin : instantOf(series, k), end: instantOf(series, Math.max(k, 0) + 1) };
};

const usageLine = (
  { versions, units, costs }: ChargedLine,
  place: number,
  isFree: boolean,
): Pick<BilledLine, 'itemId' | 'start' | 'end' | 'measured' | 'cost' | 'hasAllowance'> => {
  const version = versions[place];
  if (version === undefined) throw new Error('no such version');
  return {
    itemId: version.item.id,
    start: version.start,
    end: version.end,
    measured: units.measured[place] ?? nothing,
    cost: costs[place] ?? nothing,
    hasAllowance: isFree,
  };
};

const linesOfSplit = (bill: BillCase, part: Part, { lines }: Split): readonly BilledLine[] =>
  lines.flatMap(({ line, parts }) =>
    line.versions.flatMap(({ item }, place) =>
      parts.map(({ isOverage, amounts, quantities }): BilledLine => ({
        ...usageLine(line, place, allowanceIn(bill, item.meterId, part) !== undefined),
        kind: isOverage ? 'overage' : 'usage',
        quantity: quantities[place] ?? nothing,
        amount: amounts[place] ?? nothing,
      })),
    ),
  );

const ofCommitment = (
  part: Part,
  kind: 'commitment overage' | 'true-up',
  amount: Fraction,
  quantity = one,
): BilledLine => ({
  itemId: '',
  kind,
  start: part.start,
  end: part.end,
  quantity,
  hasAllowance: false,
  cost: amount,
  amount,
});

/** Lines of a period that has others before it in the window of the commitment. */
const cumulativeLines = (bill: BillCase, part: Part, prior: Fraction, isLast: boolean): readonly BilledLine[] => {
  const { commitment } = bill;
  if (commitment === undefined) return [];
  const round = (value: Fraction): Fraction => rounded(value, decimalsOf(bill.currency));
  const lines = chargedLinesIn(bill, part);
  const current = total(lines.flatMap(({ amounts }) => amounts));
  const open = atLeastNothing(minus(fractionOf(commitment.amount), prior));
  const within = smaller(current, open);
  const base = minus(current, within);
  const scaled = (value: Fraction): Fraction => (isNothing(current) ? value : over(times(value, within), current));
  const usage = lines.flatMap((line) => {
    const amounts = roundedInOrder(line.amounts.map(scaled), bill.currency);
    return line.versions.map(({ item }, place): BilledLine => ({
      ...usageLine(line, place, allowanceIn(bill, item.meterId, part) !== undefined),
      kind: 'usage',
      quantity: scaled(line.units.billable[place] ?? nothing),
      amount: amounts[place] ?? nothing,
    }));
  });
  const beyond = round(times(base, fractionOf(commitment.factor)));
  return [
    ...usage,
    ...(isAbove(base, nothing) ? [ofCommitment(part, 'commitment overage', beyond, base)] : []),
    ...(isLast && commitment.hasTrueUp && isAbove(open, current)
      ? [ofCommitment(part, 'true-up', round(minus(open, current)))]
      : []),
  ];
};

/** Amount that lines used up of a commitment. */
const usedUp = (bill: BillCase, lines: readonly BilledLine[]): Fraction => {
  const factor = fractionOf(bill.commitment?.factor ?? '1');
  return total(
    lines.map(({ kind, amount }) => {
      if (kind === 'usage') return amount;
      return kind === 'overage' || kind === 'commitment overage' ? over(amount, factor) : nothing;
    }),
  );
};

/** Usage in a part, `prior` being what the periods before it used up of the commitment, if there were any in its window. */
const usageAfter = (
  bill: BillCase,
  part: Part,
  prior: Fraction | undefined,
  isLast: boolean,
): readonly BilledLine[] => {
  if (prior !== undefined) return cumulativeLines(bill, part, prior, isLast);
  const split = splitPart(bill, part);
  const due = rounded(split.left, decimalsOf(bill.currency));
  const isDue = isLast && bill.commitment?.hasTrueUp === true && !split.hasOverage && isAbove(due, nothing);
  return [...linesOfSplit(bill, part, split), ...(isDue ? [ofCommitment(part, 'true-up', due)] : [])];
};

/** Everything about usage in a part: its lines, and those of the commitment. */
export const usageOf = (bill: BillCase, part: Part): readonly BilledLine[] => {
  const { commitment, cadence } = bill;
  if (part.isTrial || !isInForce(commitment)) return usageAfter(bill, part, undefined, false);
  const { duration = cadence.period } = commitment;
  if (duration === cadence.period) return usageAfter(bill, part, undefined, true);
  // A part of a billing period belongs to the window of the whole.
  const window = windowOf(bill, duration, periodAt(bill, part.start)?.start ?? part.start);
  let prior: Fraction | undefined;
  for (let period = periodAt(bill, beginningOf(bill)); period && period.start < part.start;) {
    if (period.start >= window.start) {
      const earlier = { start: period.start, end: Math.min(period.end, part.start), isTrial: false };
      prior = plus(prior ?? nothing, usedUp(bill, usageAfter(bill, earlier, prior, false)));
    }
    period = periodAt(bill, period.end);
  }
  const next = periodAt(bill, part.end);
  const isLast = next === undefined || next.start >= window.end;
  return usageAfter(bill, part, prior, isLast);
};
