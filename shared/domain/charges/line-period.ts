// Which periods of a line item an invoice bills. An item of the subscription's own period is billed for the part of the
// window that it covers. One with a longer period has periods of its own, counted from its start: each is billed once, in
// the window that holds its beginning (ADVANCE) or its end (ARREAR).
import { type BillingCadence, findPeriod, type Period } from '../time/billing-period.ts';
import type { DateRange } from '../time/period.ts';
import { msPerSecond, wholeSeconds } from '../time/instant.ts';
import type { LineItem } from '../subscriptions/line-item.ts';
import type { InvoiceCadence } from '../pricing/price.ts';

/** Whole seconds of a period; what has none is not billed. */
export const secondsOf = ({ start, end }: Period): number => wholeSeconds(end) - wholeSeconds(start);

/** The part of the window that a range covers; undefined when it covers none. */
export const clipToRange = ({ startDate, endDate = Infinity }: DateRange, window: Period): Period | undefined => {
  const clipped = { start: Math.max(startDate, window.start), end: Math.min(endDate, window.end) };
  return clipped.start < clipped.end ? clipped : undefined;
};

/**
 * Whether something due at an instant belongs to a window: ADVANCE with its beginning, ARREAR with its end. At whole seconds: a
 * boundary that was computed has no more, a start that was asked for may.
 */
const isDueIn = ({ start, end }: Period, invoiceCadence: InvoiceCadence, instant: number): boolean => {
  const at = wholeSeconds(instant);
  return invoiceCadence === 'ADVANCE'
    ? wholeSeconds(start) <= at && at < wholeSeconds(end)
    : wholeSeconds(start) < at && at <= wholeSeconds(end);
};

type OwnTerms = Pick<LineItem, 'startDate' | 'endDate' | 'billingPeriod' | 'billingPeriodCount' | 'invoiceCadence'>;

/**
 * The item's own periods that are billed in a window, in order; the last one ends with the item. Windows that tile time bill
 * each period once. Throws a RangeError for ONETIME.
 */
export const ownPeriodsIn = (item: OwnTerms, timezone: string, window: Period): readonly Period[] => {
  const { startDate, endDate = Infinity, billingPeriod, billingPeriodCount, invoiceCadence } = item;
  const cadence: BillingCadence = { billingPeriod, billingPeriodCount, billingAnchor: startDate, timezone };
  const periodAt = (instant: number): Period | undefined => {
    const period = instant < endDate ? findPeriod(cadence, { start: startDate, end: startDate }, instant) : undefined;
    return period && { ...period, end: Math.min(period.end, endDate) };
  };
  const periods: Period[] = [];
  let period = periodAt(Math.max(startDate, wholeSeconds(window.start) * msPerSecond));
  while (period && wholeSeconds(period.start) < wholeSeconds(window.end)) {
    const due = invoiceCadence === 'ADVANCE' ? period.start : period.end;
    if (secondsOf(period) > 0 && isDueIn(window, invoiceCadence, due)) periods.push(period);
    period = periodAt(period.end);
  }
  return periods;
};

/** Whether a charge that is made once, at the item's start, is billed in a window. */
export const isBilledOnceIn = (
  { startDate, invoiceCadence }: Pick<LineItem, 'startDate' | 'invoiceCadence'>,
  window: Period,
): boolean => isDueIn(window, invoiceCadence, startDate);
