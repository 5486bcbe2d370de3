// Charges a measured line, step by step, so that what computes an amount is its explanation: by the prices of its versions, after the
// allowance of its meter, and with the commitments of its versions.
import { sumOfOutcomes } from '../commitments/commitment-charge.ts';
import { type Fraction, noFraction, readableDecimal, runningAmounts, sumOfFractions } from '../numbers/fraction.ts';
import { formatQuantity, type Quantity, sumOf, zeroQuantity } from '../numbers/quantity.ts';
import { priceSteps, stepTo } from '../pricing/charge-steps.ts';
import type { Grant } from './allowance.ts';
import type { MeasuredLine } from './measured-line.ts';
import { chargePortions, type PortionCharge, totalOfPortions } from './portion-charge.ts';
import { type Portion, quantityOfPortion, unitsByVersion } from './portion.ts';
import {
  type ChargingTerms,
  type Draft,
  outcomeMessage,
  percentOf,
  roundingOf,
  type VersionCharge,
  withCommitments,
} from './version-charge.ts';

/** Charge of a line. */
export interface Charge {
  readonly measured: MeasuredLine;
  readonly grant: Grant | undefined;
  readonly isTrial: boolean;
  /** Billed units, after the allowance. */
  readonly quantity: Quantity;
  /** Sum of the prices, exact: before any rounding and the commitments to the whole line. */
  readonly cost: Fraction;
  readonly amount: Quantity;
  /** In the order of the line. */
  readonly versions: readonly VersionCharge[];
}

const shareMessage = ({ sharing }: MeasuredLine, portions: readonly PortionCharge[]): string => {
  const [share, ...others] = portions.flatMap((portion) => portion.share ?? []);
  if (share === undefined || others.length > 0) {
    return `its share of ${String(others.length + 1)} buckets that it bills with other versions`;
  }
  const { part, whole } = share;
  if (sharing === 'units')
    return `${formatQuantity(part)} of ${formatQuantity(whole)} units are billed by this version`;
  return `${percentOf(part, whole)} of the ${sharing === 'time' ? 'time' : 'usage'} is billed by this version`;
};

/** Charges each version by its prices, and the commitments to its buckets. */
const draftsOf = (measured: MeasuredLine, billable: readonly Portion[], terms: ChargingTerms): readonly Draft[] => {
  const { round, message } = roundingOf(terms);
  const portions = chargePortions(measured, billable, terms);
  const totals = portions.map(totalOfPortions);
  const amounts = runningAmounts(
    totals.map(({ charge }) => charge),
    round,
  );
  return portions.map((own, version): Draft => {
    const { cost = noFraction, charge = noFraction } = totals[version] ?? {};
    const amount = amounts[version] ?? zeroQuantity;
    const outcomes = own.flatMap(({ outcome }) => outcome ?? []);
    const outcome = sumOfOutcomes(outcomes);
    const priced = stepTo(
      priceSteps(own.flatMap(({ parts }) => parts)),
      readableDecimal(cost),
      'version_share',
      shareMessage(measured, own),
    );
    const committed = stepTo(
      priced,
      readableDecimal(charge),
      'commitment',
      outcomeMessage(outcome, `${String(outcomes.length)} windows with a commitment each`),
    );
    return {
      charge,
      amount,
      steps: stepTo(committed, amount, 'rounding', `${formatQuantity(readableDecimal(charge))} ${message}`),
      portions: own,
      ...(outcomes.length > 0 && { outcome }),
    };
  });
};

const inTrial = (draft: Draft): Draft => ({
  charge: noFraction,
  portions: draft.portions,
  amount: zeroQuantity,
  steps: stepTo(draft.steps, zeroQuantity, 'trial', 'Nothing is charged in a trial'),
});

/** Charges a line. `grant`: allowance of its meter, with the portions that it leaves. */
export const chargeLine = (
  measured: MeasuredLine,
  granted: { readonly grant: Grant; readonly billable: readonly Portion[] } | undefined,
  terms: ChargingTerms,
): Charge => {
  const { line, portions, versions } = measured;
  const billable = granted?.billable ?? portions;
  const priced = draftsOf(measured, billable, terms);
  const drafts = terms.isTrial ? priced.map(inTrial) : withCommitments(measured, priced, terms);
  const units = unitsByVersion(billable, line.versions.length);
  return {
    measured,
    grant: granted?.grant,
    isTrial: terms.isTrial,
    quantity: sumOf(billable.map(quantityOfPortion)),
    cost: sumOfFractions(drafts.map(({ charge }) => charge)),
    amount: sumOf(drafts.map(({ amount }) => amount)),
    versions: line.versions.flatMap((version, index): VersionCharge[] => {
      const [draft, quantity] = [drafts[index], units[index] ?? zeroQuantity];
      const whole = versions[index]?.quantity ?? zeroQuantity;
      if (draft === undefined) return [];
      const { charge: cost, amount, steps, portions: own, outcome } = draft;
      const adjusted = whole.minus(quantity);
      return [{ version, quantity, adjusted, cost, amount, steps, portions: own, ...(outcome && { outcome }) }];
    }),
  };
};

/** Charges a line by its prices alone: before the allowance of its meter and without commitments of line items. */
export const grossCharge = ({ measured, isTrial }: Charge): Charge =>
  chargeLine(measured, undefined, {
    now: -Infinity,
    bucketSize: undefined,
    bucketAnchorDay: 1,
    hasCommitments: false,
    priceOf: () => undefined,
    currency: measured.line.subscription.currency,
    isTrial,
  });
