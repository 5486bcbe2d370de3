// The usage charges of a subscription, as they are before allowances and line-item commitments.
import type { SubscriptionUsageBody, UsageChargeBody } from '../../shared/api/bodies/charges.ts';
import { toJsonNumber } from '../../shared/api/json-number.ts';
import { chargedPeriodOf, SubscriptionUsageSchema } from '../../shared/api/subscription-usage.ts';
import { parseBody } from '../../shared/api/parse-request.ts';
import { toPriceBody } from '../../shared/api/prices.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import { displayAmount, roundMoney } from '../../shared/domain/money.ts';
import { sumOf } from '../../shared/domain/quantity.ts';
import { currentPeriod } from '../../shared/domain/subscription-period.ts';
import { chargeOf, type UsageCharge } from '../../shared/domain/usage-charge.ts';
import { usageLinesOf } from '../../shared/domain/usage-line.ts';
import { findSubscription, type FindSubscriptionDeps } from './find-subscription.ts';
import type { FoldUsageDeps } from './fold-usage.ts';
import { measureLines } from './measure-lines.ts';

export interface SubscriptionUsageDeps extends FoldUsageDeps, FindSubscriptionDeps {}

const note = 'Before the allowances of entitlements and the commitments of line items: see POST /v1/invoices/preview.';

const toChargeBody = (scope: Scope, { line, quantity, amount }: UsageCharge): UsageChargeBody => {
  const { item, price, meter } = line;
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
    is_overage: false,
  };
};

const byMeterName = (a: UsageChargeBody, b: UsageChargeBody): number =>
  Buffer.compare(Buffer.from(a.meter_display_name), Buffer.from(b.meter_display_name));

/** Throws as `foldUsage` does, and ApiError `not_found`. */
export const createSubscriptionUsage =
  (deps: SubscriptionUsageDeps) =>
  async (scope: Scope, body: string): Promise<SubscriptionUsageBody> => {
    const sent = parseBody(SubscriptionUsageSchema, body);
    const now = deps.now();
    const { card, catalog, subscription } = await findSubscription(deps, scope, sent.subscription_id);
    const period = chargedPeriodOf(sent, currentPeriod(subscription, now), now);
    const lines = usageLinesOf(subscription, catalog, period).map((line) => ({ line, span: 'window' as const }));
    const charges = (await measureLines(deps, scope, card.customer.externalId, lines)).map(chargeOf);
    const amount = roundMoney(sumOf(charges.map(({ cost }) => cost)), subscription.currency);
    const hasUsageItems = subscription.lineItems.some(({ priceType }) => priceType === 'USAGE');
    return {
      amount: toJsonNumber(amount),
      currency: subscription.currency,
      display_amount: displayAmount(amount, subscription.currency),
      start_time: formatInstant(period.start),
      end_time: formatInstant(period.end),
      charges: hasUsageItems ? charges.map((charge) => toChargeBody(scope, charge)).sort(byMeterName) : null,
      has_overage: false,
      note,
    };
  };
