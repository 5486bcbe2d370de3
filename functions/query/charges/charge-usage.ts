// Charges the usage of a subscription in a period, with the commitment that earlier periods may have used up: what the preview of an
// invoice and the charges of a subscription have in common.
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Charge } from '../../../shared/domain/charges/charge.ts';
import {
  allowancesIn,
  type BilledPeriod,
  billedPeriods,
  chargePeriod,
  type PeriodReading,
  readPeriod,
} from '../../../shared/domain/charges/period-charges.ts';
import { commitmentWindowAt, invoiceUsage, type UsageInvoice } from '../../../shared/domain/charges/usage-invoice.ts';
import { priceOfId } from '../../../shared/domain/charges/usage-line.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { subscriptionPeriodAt } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import { refuseUnkeptWindow } from '../fold/event-hours.ts';
import type { FoldUsageDeps } from '../fold/fold-usage.ts';
import { foldTimelines } from '../usage/fold-timelines.ts';

/** A period, or the part of it that is or is not a trial, as it is billed. */
export interface ChargedPeriod {
  readonly period: BilledPeriod;
  readonly charges: readonly Charge[];
  readonly invoice: UsageInvoice;
}

interface Charged {
  readonly subscription: Subscription;
  readonly catalog: Catalog;
  readonly period: Period;
  /** UTC milliseconds. */
  readonly now: number;
  /** Field that asked for the period. */
  readonly field: string;
}

/** Returns the billing periods from the start of the commitment's window up to the period; none without such a window. */
const earlierPeriods = (subscription: Subscription, { start }: Period): readonly BilledPeriod[] => {
  const window = commitmentWindowAt(subscription, start);
  const periods: BilledPeriod[] = [];
  for (let at = Math.max(window?.start ?? start, subscription.startDate); at < start;) {
    const period = subscriptionPeriodAt(subscription, at);
    if (period === undefined) break;
    periods.push({ start: at, end: Math.min(period.end, start), isTrial: false });
    at = period.end;
  }
  return periods;
};

/** Charges a period, or its trial and the rest of it, all in one fold. Throws as `foldUsage` does. */
export const chargeUsage = async (
  deps: FoldUsageDeps,
  scope: Scope,
  externalId: string,
  { subscription, catalog, period, now, field }: Charged,
): Promise<readonly ChargedPeriod[]> => {
  const readingOf = (billed: BilledPeriod): PeriodReading =>
    readPeriod({
      subscription,
      catalog,
      period: billed,
      allowances: allowancesIn(subscription, catalog, billed, now),
    });
  const readings = billedPeriods(subscription, period).map((billed) => ({
    period: billed,
    current: readingOf(billed),
    earlier: billed.isTrial ? [] : earlierPeriods(subscription, billed).map(readingOf),
  }));
  const meters = readings.flatMap(({ current, earlier }) => [current, ...earlier].flatMap((one) => one.meters));
  for (const { timeline } of meters) refuseUnkeptWindow(deps, timeline.boundaries[0] ?? period.start, field);
  await foldTimelines(
    deps,
    scope,
    externalId,
    meters.map(({ timeline }) => timeline),
  );
  const terms = {
    now,
    priceOf: ({ priceId }: { readonly priceId: string }) => priceOfId(subscription, catalog, priceId),
  };
  return readings.map(({ period: billed, current, earlier }) => {
    const charges = chargePeriod(current, terms);
    const before = earlier.map((reading) => ({ period: reading.period, charges: chargePeriod(reading, terms) }));
    return { period: billed, charges, invoice: invoiceUsage(subscription, { period: billed, charges }, before) };
  });
};
