// Answers about usage outside of bills: charges of a subscription before allowances, and the usage of an allowance.
import type { AllowanceOfCase, BillCase, MeterOfCase, Range } from './bill-case.ts';
import { isInTrial, type Part, partsOf, periodAt } from './billing-periods.ts';
import { type BilledLine, splitPart, usageOf } from './usage-bill.ts';
import { bucketAt } from './buckets.ts';
import { chargeLine, roundedInOrder } from './charged-line.ts';
import { isInForce } from './committed-bill.ts';
import { decimalsOf } from './currency-decimals.ts';
import { atLeastNothing, type Fraction, minus, nothing, plus, rounded, total } from './fraction.ts';
import { usageUntil, windowAt } from './free-units.ts';
import { coverOf, isInside, usageLinesIn } from './lines.ts';
import { aggregate, sharingOf } from './measured-units.ts';

interface ToldCharge extends Range {
  readonly itemId: string;
  readonly isOverage: boolean;
  readonly quantity: Fraction;
  readonly amount: Fraction;
}

export interface ToldUsage {
  readonly charges: readonly ToldCharge[];
  readonly amount: Fraction;
  /** Where a commitment of the subscription counts. */
  readonly commitment?: { readonly utilized: Fraction; readonly overage: Fraction };
}

const chargesIn = (bill: BillCase, part: Part): { charges: readonly ToldCharge[]; cost: Fraction } => {
  const gross = usageLinesIn(bill, part).map((line) => chargeLine(bill, line, part, true));
  const isSplit = usageOf(bill, part).some(({ kind }) => kind === 'overage');
  const { lines } = isSplit ? splitPart(bill, part) : { lines: [] };
  const charges = gross.flatMap(({ versions, costs, units }, place): ToldCharge[] => {
    const overage = lines[place]?.parts.find(({ isOverage }) => isOverage);
    const rest = costs.map((cost, version) => minus(cost, overage?.base[version] ?? nothing));
    const amounts = roundedInOrder(rest, bill.currency);
    return versions.flatMap(({ item, start, end }, version): ToldCharge[] => [
      {
        itemId: item.id,
        start,
        end,
        isOverage: false,
        quantity: minus(units.measured[version] ?? nothing, overage?.quantities[version] ?? nothing),
        amount: amounts[version] ?? nothing,
      },
      ...(overage
        ? [
            {
              itemId: item.id,
              start,
              end,
              isOverage: true,
              quantity: overage.quantities[version] ?? nothing,
              amount: overage.amounts[version] ?? nothing,
            },
          ]
        : []),
    ]);
  });
  return { charges, cost: total(gross.flatMap(({ costs }) => costs)) };
};

/** Charges of a range before allowances and commitments of lines, with the overage of the bill as a charge of its own. */
export const toldUsage = (bill: BillCase, range: Range): ToldUsage => {
  const parts = partsOf(bill, range);
  const told = parts.map((part) => chargesIn(bill, part));
  const charges = told.flatMap((one) => one.charges);
  const cost = rounded(total(told.map((one) => one.cost)), decimalsOf(bill.currency));
  if (!isInForce(bill.commitment)) return { charges, amount: cost };
  const lines = parts.filter(({ isTrial }) => !isTrial).flatMap((part) => usageOf(bill, part));
  const amountsOf = (...kinds: readonly BilledLine['kind'][]): Fraction =>
    total(lines.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => amount));
  const [utilized, overage] = [amountsOf('usage'), amountsOf('overage', 'commitment overage')];
  return { charges, amount: plus(utilized, overage), commitment: { utilized, overage } };
};

/** The part of an allowance's present window that has been used, and when the next begins (Infinity: never). */
export const allowanceNow = (
  bill: BillCase,
  allowance: AllowanceOfCase,
): { readonly usage: Fraction; readonly reset: number } | undefined => {
  const { now } = bill;
  const period = periodAt(bill, now);
  const meter = bill.meters.find(({ id }) => id === allowance.meterId);
  if (period === undefined || meter === undefined || isInTrial(bill, now)) return undefined;
  if ((allowance.start ?? -Infinity) > now) return undefined;
  const part = { ...period, isTrial: false };
  const isOnce = sharingOf(meter) === 'time';
  // A value without parts is granted once per billing period.
  const window = isOnce ? period : windowAt(bill, allowance, now);
  const usage = isOnce ? measuredOnce(bill, meter, { ...part, end: now }) : usageUntil(bill, meter, part)(window, now);
  return {
    usage: atLeastNothing(usage),
    reset: window.end === Infinity ? Infinity : Math.min(window.end, bill.end ?? Infinity),
  };
};

/** Usage that does not add up is measured over all lines of the meter together. */
const measuredOnce = (bill: BillCase, meter: MeterOfCase, range: Range): Fraction => {
  const cover = coverOf(bill, meter.id);
  const events = bill.events.filter(
    ({ meterId, at }) => meterId === meter.id && at >= range.start && at < range.end && isInside(cover, at),
  );
  const item = bill.items.find((one) => one.type === 'USAGE' && one.meterId === meter.id);
  const bucketSize = item?.type === 'USAGE' ? (item.bucketSize ?? meter.bucketSize) : undefined;
  if (bucketSize === undefined) return aggregate(meter.aggregation, events);
  const rows = Map.groupBy(
    events,
    ({ at, group = '' }) => `${String(bucketAt(bucketSize, bill.anchor, at).start)} ${group}`,
  );
  return total([...rows.values()].map((row) => atLeastNothing(aggregate(meter.aggregation, row))));
};
