// Compares what the product tells of usage outside of bills with what the oracle says.
import * as v from 'valibot';
import { AnalyticsBodySchema } from '../../../shared/api/bodies/analytics.ts';
import { CustomerUsageBodySchema, SubscriptionUsageBodySchema } from '../../../shared/api/bodies/charges.ts';
import { doubleOf } from '../../../shared/domain/numbers/long-number.ts';
import type { BillCase } from '../oracles/bill/bill-case.ts';
import { isInTrial, partsOf, periodAt } from '../oracles/bill/billing-periods.ts';
import { chargeLine } from '../oracles/bill/charged-line.ts';
import { fractionOf, nothing, plus, total } from '../oracles/bill/fraction.ts';
import { usageLinesIn } from '../oracles/bill/lines.ts';
import { exactText, fromWire, isAbout, isClose, timeText, type World } from './told-numbers.ts';
import { allowanceNow, toldUsage } from '../oracles/bill/usage-answers.ts';

export const compareUsage = async (world: World, bill: BillCase): Promise<readonly string[]> => {
  const { start, end = periodAt(bill, start)?.end ?? start } = bill.asked;
  if (start >= end) return [];
  const known = toldUsage(bill, { start, end });
  const asked = { start_time: timeText(start), end_time: timeText(end) };
  const body = v.parse(SubscriptionUsageBodySchema, await world.usage('subs_1', asked));
  const name = (itemId: string, isOverage: boolean): string =>
    `usage told of ${itemId}${isOverage ? ' (overage)' : ''}`;
  const told = Map.groupBy(body.charges ?? [], (one) => name(one.subscription_line_item_id, one.is_overage));
  const charges = Map.groupBy(known.charges, (one) => name(one.itemId, one.isOverage));
  const differences = [...new Set([...told.keys(), ...charges.keys()])].sort().flatMap((key): string[] => {
    const [a, b] = [told.get(key) ?? [], charges.get(key) ?? []];
    const amounts = [
      a.reduce((sum, { amount }) => sum + doubleOf(amount), 0),
      total(b.map(({ amount }) => amount)),
    ] as const;
    const units = [
      a.reduce((sum, { quantity }) => sum + doubleOf(quantity), 0),
      total(b.map(({ quantity }) => quantity)),
    ] as const;
    return [
      ...(isAbout(...amounts) ? [] : [`${key}: amount ${String(amounts[0])}, oracle ${exactText(amounts[1])}`]),
      ...(isAbout(...units) ? [] : [`${key}: quantity ${String(units[0])}, oracle ${exactText(units[1])}`]),
    ];
  });
  const sums = [
    ['amount', doubleOf(body.amount), known.amount],
    ['commitment_utilized', doubleOf(body.commitment_utilized ?? 0), known.commitment?.utilized ?? nothing],
    ['overage_amount', doubleOf(body.overage_amount ?? 0), known.commitment?.overage ?? nothing],
  ] as const;
  return [
    ...differences,
    ...sums.flatMap(([what, a, b]) =>
      isAbout(a, b) ? [] : [`usage told: ${what} ${String(a)}, oracle ${exactText(b)}`],
    ),
  ];
};

export const compareAllowances = async (world: World, bill: BillCase): Promise<readonly string[]> => {
  if (periodAt(bill, bill.now) === undefined || isInTrial(bill, bill.now)) return [];
  const { features } = v.parse(CustomerUsageBodySchema, await world.customerUsage());
  return bill.allowances.flatMap((allowance): string[] => {
    const known = allowanceNow(bill, allowance);
    const told = features.find(({ feature }) => feature.meter_id === allowance.meterId);
    if (known === undefined || told === undefined) return [];
    const reset = known.reset === Infinity ? '0001-01-01T00:00:00.000Z' : timeText(known.reset);
    const toldReset = told.next_usage_reset_at === null ? 'none' : timeText(fromWire(told.next_usage_reset_at));
    return [
      ...(isClose(fractionOf(told.current_usage), known.usage)
        ? []
        : [`allowance of ${allowance.meterId}: used ${told.current_usage}, oracle ${exactText(known.usage)}`]),
      ...(reset === toldReset ? [] : [`allowance of ${allowance.meterId}: reset ${toldReset}, oracle ${reset}`]),
    ];
  });
};

/** The quantity that analytics measures of each line in the same range. A level is weighed against the range there, so it is left out. */
export const compareAnalytics = async (world: World, bill: BillCase): Promise<readonly string[]> => {
  const { start, end = periodAt(bill, start)?.end ?? start } = bill.asked;
  const [part, ...others] = start < end ? partsOf(bill, { start, end }) : [];
  if (part === undefined || others.length > 0) return [];
  const asked = { start_time: timeText(start), end_time: timeText(end) };
  const { items } = v.parse(AnalyticsBodySchema, await world.analytics(asked));
  return usageLinesIn(bill, part).flatMap((line): string[] => {
    const { id, meterId } = line[0].item;
    if (bill.meters.some((meter) => meter.id === meterId && meter.aggregation === 'WEIGHTED_SUM')) return [];
    const known = total(chargeLine(bill, line, part, true).units.measured);
    const ids = line.map(({ item }) => item.id);
    const own = items.filter(({ sub_line_item_id: item = '' }) => ids.includes(item));
    const told = own.reduce((sum, item) => plus(sum, fractionOf(item.total_usage)), nothing);
    return isClose(told, known)
      ? []
      : [`analytics of the line of ${id}: ${exactText(told)}, oracle ${exactText(known)}`];
  });
};
