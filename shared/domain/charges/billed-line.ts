// Selects the line items that an invoice bills for a period, and the time of each: items of the current period in arrear, items of
// the current period in advance, and items of the next period in advance.
import type { InvoiceCadence } from '../pricing/price.ts';
import type { LineItem } from '../subscriptions/line-item.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { type BillingCadence, findPeriod, isLongerBillingPeriod } from '../time/billing-period.ts';
import { msPerSecond, wholeSeconds } from '../time/instant.ts';
import { clipToRange, type Period } from '../time/period.ts';

/** Part of a window that an item covers, in whole seconds. */
interface Share {
  readonly coveredSeconds: number;
  readonly windowSeconds: number;
}

/** Item that an invoice bills, and for which time. */
export interface BilledLine {
  readonly item: LineItem;
  /** Half-open; start and end are the same for a single charge without an end. */
  readonly period: Period;
  /** Only for a FIXED item that covers a part of its window and is prorated by it. Usage is never prorated. */
  readonly share?: Share;
}

export interface LineClasses {
  /** Also all usage. */
  readonly currentArrear: readonly BilledLine[];
  readonly currentAdvance: readonly BilledLine[];
  readonly nextAdvance: readonly BilledLine[];
}

export type ClassifyingTerms = Pick<Subscription, 'billingPeriod' | 'timezone'>;

/** Bills an item with the subscription's period for the part of the window that it covers. */
const linesWithin = (item: LineItem, window: Period): readonly BilledLine[] => {
  const period = clipToRange(item, window);
  if (!period) return [];
  const [coveredSeconds, windowSeconds] = [secondsOf(period), secondsOf(window)];
  if (coveredSeconds === 0) return [];
  return [{ item, period, ...(coveredSeconds < windowSeconds && { share: { coveredSeconds, windowSeconds } }) }];
};

const usageLine = (item: LineItem, window: Period): readonly BilledLine[] => {
  const period = clipToRange(item, window);
  return period ? [{ item, period }] : [];
};

const onetimeLine = (item: LineItem, window: Period): readonly BilledLine[] =>
  isBilledOnceIn(item, window)
    ? [{ item, period: { start: item.startDate, end: item.endDate ?? item.startDate } }]
    : [];

const fixedLines = (
  item: LineItem,
  { billingPeriod, timezone }: ClassifyingTerms,
  window: Period,
): readonly BilledLine[] => {
  if (item.billingPeriod === 'ONETIME') return onetimeLine(item, window);
  if (isLongerBillingPeriod(item.billingPeriod, billingPeriod)) {
    return ownPeriodsIn(item, timezone, window).map((period) => ({ item, period }));
  }
  return linesWithin(item, window);
};

/**
 * Classifies the items that are billed for the current period, and in advance for the next one (undefined if the subscription ends
 * before). Each class is in the order of the items. An item with a longer period than the subscription's has a line for each of
 * its periods.
 */
export const classifyLineItems = (
  items: readonly LineItem[],
  terms: ClassifyingTerms,
  current: Period,
  next: Period | undefined,
): LineClasses => {
  const published = items.filter(({ status }) => status === 'published');
  const fixed = (cadence: InvoiceCadence, window: Period): readonly BilledLine[] =>
    published
      .filter(({ priceType, invoiceCadence }) => priceType === 'FIXED' && invoiceCadence === cadence)
      .flatMap((item) => fixedLines(item, terms, window));
  return {
    currentArrear: published.flatMap((item) => {
      if (item.priceType === 'USAGE') return usageLine(item, current);
      return item.invoiceCadence === 'ARREAR' ? fixedLines(item, terms, current) : [];
    }),
    currentAdvance: fixed('ADVANCE', current),
    nextAdvance: next ? fixed('ADVANCE', next) : [],
  };
};

/** Occasion of an invoice: before its period, after it (which a preview shows), or when the subscription is cancelled. */
export type ReferencePoint = 'preview' | 'period_start' | 'period_end' | 'cancel';

/** Returns the lines in the order of an invoice: FIXED, those of the current period first, then USAGE. */
export const linesOfInvoice = (classes: LineClasses, referencePoint: ReferencePoint): readonly BilledLine[] => {
  const isFixed = ({ item }: BilledLine): boolean => item.priceType === 'FIXED';
  const { currentArrear, currentAdvance, nextAdvance } = classes;
  if (referencePoint === 'period_start') return currentAdvance;
  return [
    ...currentArrear.filter(isFixed),
    ...(referencePoint === 'cancel' ? [] : nextAdvance),
    ...currentArrear.filter((line) => !isFixed(line)),
  ];
};

/**
 * Returns the whole seconds of a period; a period without any is not billed.
 * @internal
 */
export const secondsOf = ({ start, end }: Period): number => wholeSeconds(end) - wholeSeconds(start);

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

type OwnTerms = Pick<LineItem, 'startDate' | 'endDate' | 'billingPeriod' | 'billingPeriodCount' | 'invoiceCadence'>;

/**
 * Returns the item's own periods that are billed in a window, in order; the last one ends with the item. Windows that tile time
 * bill each period once. Throws a RangeError for ONETIME.
 * @internal
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

/**
 * Reports whether a ONETIME charge, due at the item's start, is billed in a window.
 * @internal
 */
export const isBilledOnceIn = (
  { startDate, invoiceCadence }: Pick<LineItem, 'startDate' | 'invoiceCadence'>,
  window: Period,
): boolean => isDueIn(window, invoiceCadence, startDate);
