// Charges the fixed lines of an invoice, step by step. The amount of a version is its cost × the share of the period that it covers.
// The versions of one line in one period are rounded as a running sum, so that together they are what the whole costs.
import { precisionOfCurrency } from '../numbers/money.ts';
import {
  type Fraction,
  fractionOf,
  noFraction,
  readableDecimal,
  roundFraction,
  runningAmounts,
  shareOf,
  sumOfFractions,
} from '../numbers/fraction.ts';
import { decimal, formatQuantity, type Quantity, zeroQuantity } from '../numbers/quantity.ts';
import { type ChargeStep, priceSteps, roundingText, stepTo } from '../pricing/charge-steps.ts';
import { costOfParts, type PricedTerms, priceQuantity } from '../pricing/price-cost.ts';
import type { InvoiceCadence, Price } from '../pricing/price.ts';
import { isInTrial, subscriptionPeriodAt } from '../subscriptions/subscription-period.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { cutAtTrialEnd } from '../subscriptions/trial.ts';
import type { Period } from '../time/period.ts';
import { fixedLinesOf } from './fixed-line.ts';
import { dueIn, type DueVersion, type PeriodShare } from './fixed-period.ts';

/** Charge of one version of a line for one period. */
export interface FixedCharge extends Pick<DueVersion, 'item' | 'period'> {
  /** That of the item. */
  readonly quantity: Quantity;
  /** Rounded; the sum of the steps. */
  readonly amount: Quantity;
  readonly steps: readonly ChargeStep[];
}

const partText = ({ coveredSeconds, wholeSeconds }: PeriodShare): string =>
  `${String(coveredSeconds)} of ${String(wholeSeconds)} seconds`;

/** Tells the parts of periods that are charged: whole ones by number, others by their seconds. */
const sharesText = (shares: readonly PeriodShare[]): string => {
  const parts = shares.filter(({ coveredSeconds, wholeSeconds }) => coveredSeconds < wholeSeconds);
  const whole = shares.length - parts.length;
  if (whole === 0 && parts.length === 1) return `${parts.map(partText).join()} of the period`;
  return [...(whole > 0 ? [`${String(whole)} whole periods`] : []), ...parts.map(partText)].join(' + ');
};

interface PricedVersion extends DueVersion {
  readonly quantity: Quantity;
  /** Steps up to the amount, unrounded. */
  readonly priced: readonly ChargeStep[];
  /** Unrounded amount. */
  readonly exact: Fraction;
}

const exactCost = (cost: Quantity, shares: readonly PeriodShare[]): Fraction => {
  if (shares.length === 0) return fractionOf(cost);
  return sumOfFractions(
    shares.map(({ coveredSeconds, wholeSeconds }) =>
      shareOf(fractionOf(cost), decimal(String(coveredSeconds)), decimal(String(wholeSeconds))),
    ),
  );
};

const priceVersion = (version: DueVersion, price: PricedTerms, subscription: Subscription): PricedVersion => {
  const { item, period, shares } = version;
  const quantity = decimal(item.quantity);
  const parts = priceQuantity(price, quantity);
  const steps = priceSteps(parts);
  if (isInTrial(subscription, period.start)) {
    const free = stepTo(steps, zeroQuantity, 'trial', 'Nothing is charged in a trial');
    return { ...version, quantity, priced: free, exact: noFraction };
  }
  const exact = exactCost(costOfParts(parts), shares);
  const kind = shares.length > 1 ? 'periods' : 'partial_period';
  return { ...version, quantity, priced: stepTo(steps, readableDecimal(exact), kind, sharesText(shares)), exact };
};

/** Rounds the versions of a line in one period: each is what it adds to the rounded sum of those before. */
const roundVersions = (versions: readonly PricedVersion[]): readonly FixedCharge[] => {
  const { currency = '' } = versions[0]?.item ?? {};
  const amounts = runningAmounts(
    versions.map(({ exact }) => exact),
    (sum) => roundFraction(sum, precisionOfCurrency(currency)),
  );
  return versions.map(({ item, period, quantity, priced, exact }, index) => {
    const amount = amounts[index] ?? zeroQuantity;
    const text = `${formatQuantity(readableDecimal(exact))} ${roundingText(currency)}`;
    const message = index === 0 ? text : `${text}, as a sum with the versions before`;
    return { item, period, quantity, amount, steps: stepTo(priced, amount, 'rounding', message) };
  });
};

/** Returns the end of the billing period at an instant; before the subscription when its fees begin, and after it the instant itself. */
const endOfPeriodAt = (subscription: Subscription, at: number): number =>
  subscriptionPeriodAt(subscription, at)?.end ?? Math.max(at, subscription.trialEnd ?? subscription.startDate);

/**
 * Charges the fixed lines of a period as of now: what is due in it in arrear, then what falls due in advance by its end: the period
 * after it. A period that was asked for may touch several periods, and costs its parts of each; in advance it costs what the bills of
 * the periods that end in it cost, so that ranges one after the other charge everything once. Versions of one line that are charged together
 * are one entry, by start. `priceOf`: the price version with an id.
 */
export const fixedChargesOf = (
  subscription: Subscription,
  period: Period,
  priceOf: (priceId: string) => Price,
): readonly (readonly FixedCharge[])[] => {
  const lines = fixedLinesOf(subscription.lineItems, priceOf);
  const dueOf = (invoiceCadence: InvoiceCadence, window: Period) =>
    lines
      .filter(([item]) => item.invoiceCadence === invoiceCadence)
      .flatMap((line) => dueIn(line, subscription, window));
  return cutAtTrialEnd(period, subscription).flatMap((window) => {
    const ahead = { start: endOfPeriodAt(subscription, window.start), end: endOfPeriodAt(subscription, window.end) };
    const due = [...dueOf('ARREAR', window), ...(ahead.start < ahead.end ? dueOf('ADVANCE', ahead) : [])];
    return due.map((versions) =>
      roundVersions(versions.map((version) => priceVersion(version, priceOf(version.item.priceId), subscription))),
    );
  });
};
