// Finds what is due of the fixed lines of a subscription in a window, and for which part of which periods: those of the
// subscription, or, for a price with a longer period, those of the line itself. A part is measured in whole seconds of real time.
import type { InvoiceCadence } from '../pricing/price.ts';
import type { LineItem } from '../subscriptions/line-item.ts';
import { uncutPeriodAt } from '../subscriptions/subscription-period.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { isLongerBillingPeriod, wholePeriodAt } from '../time/billing-period.ts';
import { msPerSecond, wholeSeconds } from '../time/instant.ts';
import { clipToRange, type Period, secondsOf } from '../time/period.ts';
import { endOfLine, type FixedLine } from './fixed-line.ts';

/** Part of a whole period that a version covers. */
export interface PeriodShare {
  readonly coveredSeconds: number;
  readonly wholeSeconds: number;
}

/** Version of a line that is due, and for which time. */
export interface DueVersion {
  readonly item: LineItem;
  /** Half-open; start and end can be the same for a single charge. */
  readonly period: Period;
  /** One for each whole period that it covers a part of; none for a single charge. */
  readonly shares: readonly PeriodShare[];
}

/** Returns what the versions cover of a window, and of each of the whole periods that they touch in it; all with a whole second. */
const versionsIn = (
  line: FixedLine,
  window: Period,
  wholePeriodsIn: (covered: Period) => readonly Period[],
): readonly DueVersion[] =>
  line.flatMap((item) => {
    const period = clipToRange(item, window);
    if (!period || secondsOf(period) === 0) return [];
    const shares = wholePeriodsIn(period).map((whole) => ({
      coveredSeconds: secondsOf({ start: Math.max(period.start, whole.start), end: Math.min(period.end, whole.end) }),
      wholeSeconds: secondsOf(whole),
    }));
    return [{ item, period, shares: shares.filter(({ coveredSeconds }) => coveredSeconds > 0) }];
  });

/** Lists the whole periods of the subscription that a range of time touches. */
const periodsOfSubscription = (subscription: Subscription, { start, end }: Period): readonly Period[] => {
  const wholes: Period[] = [];
  for (let at = start; at < end;) {
    const whole = uncutPeriodAt(subscription, at);
    wholes.push(whole);
    at = whole.end;
  }
  return wholes;
};

/**
 * Reports whether something due at an instant belongs to a window: ADVANCE includes its start, ARREAR its end. Compares whole
 * seconds: a computed boundary has no fraction, a requested start may have one.
 */
const isDueIn = ({ start, end }: Period, invoiceCadence: InvoiceCadence, instant: number): boolean => {
  const at = wholeSeconds(instant);
  return invoiceCadence === 'ADVANCE'
    ? wholeSeconds(start) <= at && at < wholeSeconds(end)
    : wholeSeconds(start) < at && at <= wholeSeconds(end);
};

const isAny = (versions: readonly DueVersion[]): boolean => versions.length > 0;

/** Moves what would fall due in a trial to its end. */
const afterTrial = ({ trialEnd = -Infinity }: Pick<Subscription, 'trialEnd'>, at: number): number =>
  Math.max(at, trialEnd);

const onceDueIn = (item: LineItem, subscription: Subscription, window: Period): readonly DueVersion[] => {
  const start = afterTrial(subscription, item.startDate);
  if (!isDueIn(window, item.invoiceCadence, start)) return [];
  return [{ item, period: { start, end: Math.max(start, item.endDate ?? start) }, shares: [] }];
};

/**
 * Returns what is due in a window of each of the line's own periods, which are counted from its first version. The versions of a
 * period are due together: in ADVANCE at its start, in ARREAR at its end, or where the line ends in it.
 */
const ownPeriodsDueIn = (
  line: FixedLine,
  subscription: Subscription,
  window: Period,
): readonly (readonly DueVersion[])[] => {
  const [{ startDate, billingPeriod, billingPeriodCount, invoiceCadence }] = line;
  const billingAnchor = afterTrial(subscription, startDate);
  const cadence = { billingPeriod, billingPeriodCount, billingAnchor, timezone: subscription.timezone };
  const due: (readonly DueVersion[])[] = [];
  let at = Math.max(billingAnchor, wholeSeconds(window.start) * msPerSecond);
  while (wholeSeconds(at) < wholeSeconds(window.end) && at < endOfLine(line)) {
    const whole = wholePeriodAt(cadence, at);
    const versions = versionsIn(line, whole, () => [whole]);
    const dueAt = invoiceCadence === 'ADVANCE' ? whole.start : versions.at(-1)?.period.end;
    if (dueAt !== undefined && isDueIn(window, invoiceCadence, dueAt)) due.push(versions);
    at = whole.end;
  }
  return due;
};

/**
 * Returns what of a line is due in a window: the versions of each period, which are billed together. Windows that tile time bill
 * every second of a line, every period of its own and every single charge once. A single charge is due at the start of its item;
 * what would fall due in a trial, single charges and own periods, falls due at its end.
 */
export const dueIn = (
  line: FixedLine,
  subscription: Subscription,
  window: Period,
): readonly (readonly DueVersion[])[] => {
  const [{ billingPeriod }] = line;
  if (billingPeriod === 'ONETIME') return line.map((item) => onceDueIn(item, subscription, window)).filter(isAny);
  if (isLongerBillingPeriod(billingPeriod, subscription.billingPeriod)) {
    return ownPeriodsDueIn(line, subscription, window).filter(isAny);
  }
  return [versionsIn(line, window, (covered) => periodsOfSubscription(subscription, covered))].filter(isAny);
};
