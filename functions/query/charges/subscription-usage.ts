// Charges the usage of a subscription, before allowances and line-item commitments.
import type { SubscriptionUsageBody, UsageChargeBody } from '../../../shared/api/bodies/charges.ts';
import { toJsonNumber } from '../../../shared/api/http/json-number.ts';
import { chargedPeriodOf, SubscriptionUsageSchema } from '../../../shared/api/charges/subscription-usage.ts';
import { parseBody } from '../../../shared/api/http/parse-request.ts';
import { toPriceBody } from '../../../shared/api/prices/prices.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { type ChargePart, isInForce, splitCharges } from '../../../shared/domain/commitments/commitment-split.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import { displayAmount, roundMoney } from '../../../shared/domain/numbers/money.ts';
import { type Quantity, sumOf } from '../../../shared/domain/numbers/quantity.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { currentPeriod } from '../../../shared/domain/subscriptions/subscription-period.ts';
import { chargeOf, type UsageLineCharge } from '../../../shared/domain/charges/usage-charge.ts';
import { usageLinesOf } from '../../../shared/domain/charges/usage-line.ts';
import { findSubscription, type FindSubscriptionDeps } from './find-subscription.ts';
import type { FoldUsageDeps } from '../fold/fold-usage.ts';
import { measureLines } from '../usage/measure-lines.ts';

export interface SubscriptionUsageDeps extends FoldUsageDeps, FindSubscriptionDeps {}

const note = 'Before the allowances of entitlements and the commitments of line items: see POST /v1/invoices/preview.';

const toChargeBody = (
  scope: Scope,
  { charge, kind, quantity, amount }: ChargePart<UsageLineCharge>,
  factor: string | undefined,
): UsageChargeBody => {
  const { item, price, meter } = charge.measured.line;
  const isOverage = kind === 'overage';
  return {
    subscription_line_item_id: item.id,
    amount: toJsonNumber(amount),
    currency: price.currency,
    display_amount: displayAmount(amount, price.currency),
    quantity: toJsonNumber(quantity),
    filter_values: Object.fromEntries((meter?.filters ?? []).map(({ key, values }) => [key, [...values]])),
    meter_id: item.meterId,
    meter_display_name: item.meterDisplayName,
    price: toPriceBody(scope, price),
    is_overage: isOverage,
    ...(isOverage && factor !== undefined && { overage_factor: Number(factor) }),
  };
};

interface SplitUsage {
  readonly parts: readonly ChargePart<UsageLineCharge>[];
  /** Exact. */
  readonly amount: Quantity;
  readonly commitment?: Pick<
    SubscriptionUsageBody,
    'commitment_amount' | 'overage_factor' | 'commitment_utilized' | 'overage_amount'
  >;
}

/** Adds the commitment of the subscription, where it has one that changes anything. */
const splitUsage = ({ commitment, currency }: Subscription, charges: readonly UsageLineCharge[]): SplitUsage => {
  if (!isInForce(commitment)) {
    const parts = charges.map((charge) => ({ kind: 'whole' as const, charge, ...charge }));
    return { parts, amount: sumOf(charges.map(({ cost }) => cost)) };
  }
  const { parts, utilized, overage } = splitCharges(charges, commitment, currency);
  return {
    parts,
    amount: utilized.plus(overage),
    commitment: {
      commitment_amount: Number(commitment.amount),
      overage_factor: Number(commitment.overageFactor),
      commitment_utilized: toJsonNumber(utilized),
      overage_amount: toJsonNumber(overage),
    },
  };
};

const byMeterName = (a: UsageChargeBody, b: UsageChargeBody): number =>
  Buffer.compare(Buffer.from(a.meter_display_name), Buffer.from(b.meter_display_name));

/** Creates the use case. It throws as `foldUsage` does, and ApiError `not_found`. */
export const createSubscriptionUsage =
  (deps: SubscriptionUsageDeps) =>
  async (scope: Scope, body: string): Promise<SubscriptionUsageBody> => {
    const sent = parseBody(SubscriptionUsageSchema, body);
    const now = deps.now();
    const { account, catalog, subscription } = await findSubscription(deps, scope, sent.subscription_id);
    const period = chargedPeriodOf(sent, currentPeriod(subscription, now), now);
    const lines = usageLinesOf(subscription, catalog, period).map((line) => ({ line, span: 'window' as const }));
    const charges = (await measureLines(deps, scope, account.customer.externalId, lines)).map(chargeOf);
    const split = splitUsage(subscription, charges);
    const factor = subscription.commitment?.overageFactor;
    const amount = roundMoney(split.amount, subscription.currency);
    const hasUsageItems = subscription.lineItems.some(({ priceType }) => priceType === 'USAGE');
    return {
      amount: toJsonNumber(amount),
      currency: subscription.currency,
      display_amount: displayAmount(amount, subscription.currency),
      start_time: formatInstant(period.start),
      end_time: formatInstant(period.end),
      charges: hasUsageItems ? split.parts.map((part) => toChargeBody(scope, part, factor)).sort(byMeterName) : null,
      ...split.commitment,
      has_overage: split.parts.some(({ kind }) => kind === 'overage'),
      note,
    };
  };
