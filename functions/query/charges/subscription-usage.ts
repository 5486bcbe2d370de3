// Charges the usage of a subscription, before allowances and line-item commitments, with what the bill makes of its commitment.
import type { SubscriptionUsageBody, UsageChargeBody } from '../../../shared/api/bodies/charges.ts';
import { toJsonNumber } from '../../../shared/api/http/json-number.ts';
import { chargedPeriodOf, SubscriptionUsageSchema } from '../../../shared/api/charges/subscription-usage.ts';
import { parseBody } from '../../../shared/api/http/parse-request.ts';
import { toPriceBody } from '../../../shared/api/prices/prices.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import { type Charge, grossCharge } from '../../../shared/domain/charges/charge.ts';
import type { InvoiceLine } from '../../../shared/domain/charges/invoice-line.ts';
import type { LineVersion } from '../../../shared/domain/charges/usage-line.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import { displayAmount, precisionOfCurrency } from '../../../shared/domain/numbers/money.ts';
import {
  type Fraction,
  noFraction,
  roundFraction,
  runningAmounts,
  shareOf,
  sumOfFractions,
} from '../../../shared/domain/numbers/fraction.ts';
import { decimal, type Quantity, sumOf, zeroQuantity } from '../../../shared/domain/numbers/quantity.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { currentPeriod } from '../../../shared/domain/subscriptions/subscription-period.ts';
import { type ChargedPeriod, chargeUsage } from './charge-usage.ts';
import { findSubscription, type FindSubscriptionDeps } from './find-subscription.ts';
import { refuseUnkept } from '../fold/event-hours.ts';
import type { FoldUsageDeps } from '../fold/fold-usage.ts';

export interface SubscriptionUsageDeps extends FoldUsageDeps, FindSubscriptionDeps {}

const note =
  'Before the allowances of entitlements and the commitments of line items; amount, commitment_utilized and overage_amount are those of the bill where the subscription has a commitment, so charges need not add up to them: see POST /v1/invoices/preview.';

const toChargeBody = (
  scope: Scope,
  { item, price }: LineVersion,
  meter: Meter | undefined,
  {
    quantity,
    amount,
    overageFactor,
  }: { readonly quantity: Quantity; readonly amount: Quantity; readonly overageFactor?: string },
): UsageChargeBody => ({
  subscription_line_item_id: item.id,
  amount: toJsonNumber(amount),
  currency: price.currency,
  display_amount: displayAmount(amount, price.currency),
  quantity: toJsonNumber(quantity),
  filter_values: Object.fromEntries((meter?.filters ?? []).map(({ key, values }) => [key, [...values]])),
  meter_id: item.meterId,
  meter_display_name: item.meterDisplayName,
  price: toPriceBody(scope, price),
  is_overage: overageFactor !== undefined,
  ...(overageFactor !== undefined && { overage_factor: Number(overageFactor) }),
});

interface GrossUsage {
  readonly bodies: readonly UsageChargeBody[];
  /** Exact. */
  readonly cost: Fraction;
}

const minusOne = decimal('-1');

/** Writes the versions of a line before allowances and commitments, less the bill's overage of each, and the overage. */
const lineBodies = (
  scope: Scope,
  { measured: { line }, versions }: Charge,
  overages: ReadonlyMap<LineVersion, InvoiceLine>,
): readonly UsageChargeBody[] => {
  const overageFactor = line.subscription.commitment?.overageFactor ?? '1';
  const rests = versions.map(({ version, cost }) =>
    sumOfFractions([cost, shareOf(overages.get(version)?.base ?? noFraction, minusOne)]),
  );
  const amounts = runningAmounts(rests, (amount) =>
    roundFraction(amount, precisionOfCurrency(line.subscription.currency)),
  );
  return versions.flatMap(({ version, quantity }, index) => {
    const overage = overages.get(version);
    const rest = {
      quantity: quantity.minus(overage?.quantity ?? zeroQuantity),
      amount: amounts[index] ?? zeroQuantity,
    };
    return [
      toChargeBody(scope, version, line.meter, rest),
      ...(overage
        ? [
            toChargeBody(scope, version, line.meter, {
              quantity: overage.quantity,
              amount: overage.amount,
              overageFactor,
            }),
          ]
        : []),
    ];
  });
};

const grossUsage = (scope: Scope, { charges, invoice }: ChargedPeriod): GrossUsage => {
  const gross = charges.map(grossCharge);
  const overages = new Map(
    invoice.lines.flatMap((line) => (line.isOverage ? [[line.version.version, line] as const] : [])),
  );
  return {
    bodies: gross.flatMap((charge) => lineBodies(scope, charge, overages)),
    cost: sumOfFractions(gross.map(({ cost }) => cost)),
  };
};

type CommitmentBody = Pick<
  SubscriptionUsageBody,
  'commitment_amount' | 'overage_factor' | 'commitment_utilized' | 'overage_amount'
>;

/** Returns what the bill makes of the subscription's commitment; undefined: it has none that changes anything. */
const commitmentOf = (
  { commitment }: Subscription,
  periods: readonly ChargedPeriod[],
): { readonly amount: Quantity; readonly body: CommitmentBody } | undefined => {
  const uses = periods.flatMap(({ invoice }) => invoice.commitmentUse ?? []);
  if (commitment === undefined || uses.length === 0) return undefined;
  const utilized = sumOf(uses.map((use) => use.utilized));
  const overage = sumOf(uses.map((use) => use.overage));
  return {
    amount: utilized.plus(overage),
    body: {
      commitment_amount: Number(commitment.amount),
      overage_factor: Number(commitment.overageFactor),
      commitment_utilized: toJsonNumber(utilized),
      overage_amount: toJsonNumber(overage),
    },
  };
};

const byMeterName = (a: UsageChargeBody, b: UsageChargeBody): number =>
  Buffer.compare(Buffer.from(a.meter_display_name), Buffer.from(b.meter_display_name));

/** Creates the use case. It throws as `foldUsage` does, and ApiError `not_found`, or `validation_error` for a period before what is kept. */
export const createSubscriptionUsage =
  (deps: SubscriptionUsageDeps) =>
  async (scope: Scope, body: string): Promise<SubscriptionUsageBody> => {
    const sent = parseBody(SubscriptionUsageSchema, body);
    const now = deps.now();
    const { account, catalog, subscription } = await findSubscription(deps, scope, sent.subscription_id);
    const period = chargedPeriodOf(sent, currentPeriod(subscription, now), now);
    const { externalId } = account.customer;
    const field = sent.lifetime_usage ? 'lifetime_usage' : 'start_time';
    refuseUnkept(deps, externalId, Math.max(period.start, subscription.startDate), field);
    const charged = await chargeUsage(deps, scope, externalId, { subscription, catalog, period, now, field });
    const gross = charged.map((one) => grossUsage(scope, one));
    const committed = commitmentOf(subscription, charged);
    const cost = sumOfFractions(gross.map((one) => one.cost));
    const amount = committed?.amount ?? roundFraction(cost, precisionOfCurrency(subscription.currency));
    const hasUsageItems = subscription.lineItems.some(({ priceType }) => priceType === 'USAGE');
    return {
      amount: toJsonNumber(amount),
      currency: subscription.currency,
      display_amount: displayAmount(amount, subscription.currency),
      start_time: formatInstant(period.start),
      end_time: formatInstant(period.end),
      charges: hasUsageItems ? gross.flatMap(({ bodies }) => bodies).sort(byMeterName) : null,
      ...committed?.body,
      has_overage: charged.some(({ invoice }) => invoice.commitmentUse?.overage.gt(zeroQuantity) === true),
      note,
    };
  };
