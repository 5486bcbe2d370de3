// Writes the lines of a preview for its answer, each with its explanation.
import type { ExplanationBody, InvoiceLineBody } from '../../../shared/api/bodies/invoices.ts';
import { toCommitmentInfo } from '../../../shared/api/charges/commitment-info.ts';
import {
  toAllowanceBody,
  toFixedVersionsBody,
  toQuantityBody,
  toRestartBody,
  toStepBody,
  toVersionsBody,
} from '../../../shared/api/charges/invoice-explanations.ts';
import type { EntityBody } from '../../../shared/api/entities/entity-body.ts';
import type { UsageResetPeriod } from '../../../shared/domain/catalog/entitlement.ts';
import type { Charge } from '../../../shared/domain/charges/charge.ts';
import type { VersionCharge } from '../../../shared/domain/charges/version-charge.ts';
import type { FixedCharge } from '../../../shared/domain/charges/fixed-charge.ts';
import type { InvoiceLine } from '../../../shared/domain/charges/invoice-line.ts';
import type { CommitmentLine } from '../../../shared/domain/charges/usage-invoice.ts';
import { restartOf } from '../../../shared/domain/charges/usage-line.ts';
import { formatQuantity, type Quantity, zeroQuantity } from '../../../shared/domain/numbers/quantity.ts';
import { unitsOfAmount } from '../../../shared/domain/pricing/price-unit.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import type { LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import { addTallies, noTallies, type Tallies, talliesOf } from '../usage/usage-coverage.ts';

export interface LineContext {
  readonly invoiceId: string;
  readonly newLineId: () => string;
  readonly subscription: Subscription;
  /** All subscriptions of the customer. */
  readonly subscriptions: readonly Subscription[];
  readonly planName: string;
  readonly entity: EntityBody;
}

type Own = Omit<InvoiceLineBody, keyof ReturnType<typeof common> | keyof EntityBody>;

const common = ({ invoiceId, newLineId, subscription }: LineContext) =>
  ({
    id: newLineId(),
    invoice_id: invoiceId,
    customer_id: subscription.customerId,
    subscription_id: subscription.id,
    currency: subscription.currency,
    prepaid_credits_applied: '0',
    line_item_discount: '0',
    invoice_level_discount: '0',
  }) as const;

const lineBody = (context: LineContext, own: Own): InvoiceLineBody => ({
  ...common(context),
  ...own,
  ...context.entity,
});

const periodBody = ({ start, end }: Period) => ({ period_start: formatInstant(start), period_end: formatInstant(end) });

const unitBody = (price: Price | undefined, amount: Quantity, currency: string) =>
  price?.priceUnit && {
    price_unit_id: price.priceUnit.id,
    price_unit: price.priceUnit.code,
    price_unit_amount: formatQuantity(unitsOfAmount(amount, price.priceUnit, currency)),
  };

const itemBody = (item: LineItem, price: Price | undefined, amount: Quantity) => ({
  entity_id: item.entityId,
  entity_type: item.entityType,
  plan_display_name: item.planDisplayName,
  price_id: item.priceId,
  price_type: item.priceType,
  ...unitBody(price, amount, item.currency),
  subscription_line_item_id: item.id,
  amount: formatQuantity(amount),
});

/** Writes one version of a fixed line. `versions`: all that are charged together, this one too. */
export const fixedLineBody = (
  context: LineContext,
  charge: FixedCharge,
  versions: readonly FixedCharge[],
  price: Price | undefined,
): InvoiceLineBody => {
  const { item, period, quantity, amount, steps } = charge;
  return lineBody(context, {
    ...itemBody(item, price, amount),
    display_name: item.displayName,
    quantity: formatQuantity(quantity),
    ...periodBody(period),
    metadata: { description: `${item.displayName} (Fixed Charge)` },
    explanation: { ...toFixedVersionsBody(versions, charge), steps: steps.map(toStepBody) },
  });
};

const namedResets: Readonly<Partial<Record<UsageResetPeriod, string>>> = {
  DAILY: 'daily',
  MONTHLY: 'monthly',
  NEVER: 'never',
};

const usageMetadata = ({ charge, version, isOverage }: InvoiceLine, factor: string): Record<string, string> => {
  const { displayName } = version.version.item;
  if (isOverage) return { description: `${displayName} (Overage Charge)`, is_overage: 'true', overage_factor: factor };
  const reset = charge.grant && namedResets[charge.grant.allowance.usageResetPeriod];
  return { description: `${displayName} (Usage Charge)`, ...(reset !== undefined && { usage_reset_period: reset }) };
};

const talliesOfVersion = ({ measured, versions }: Charge, own: VersionCharge): Tallies =>
  (measured.versions[versions.indexOf(own)]?.states ?? []).map(talliesOf).reduce(addTallies, noTallies);

const explanationOf = ({ subscriptions }: LineContext, invoiced: InvoiceLine): ExplanationBody => {
  const { charge, version, steps } = invoiced;
  const { measured, grant } = charge;
  const quantity = toQuantityBody(measured, version.version, talliesOfVersion(charge, version));
  const restart = charge.versions[0] === version ? restartOf(measured.line, subscriptions) : undefined;
  const isByWindow = measured.increments !== undefined;
  return {
    ...(quantity && { quantity }),
    ...toVersionsBody(charge, version),
    ...(grant && { allowance: toAllowanceBody(grant, version, isByWindow) }),
    ...(restart && { restarted_after: toRestartBody(restart) }),
    steps: steps.map(toStepBody),
  };
};

export const usageLineBody = (context: LineContext, invoiced: InvoiceLine): InvoiceLineBody => {
  const { charge, version, isOverage, adjusted, outcome, amount, quantity } = invoiced;
  const { cumulative } = charge.measured;
  const { item, price, start, end } = version.version;
  const factor = context.subscription.commitment?.overageFactor ?? '1';
  const isGranted = charge.grant !== undefined && (!isOverage || !adjusted.eq(zeroQuantity));
  return lineBody(context, {
    ...itemBody(item, price, amount),
    meter_id: item.meterId,
    meter_display_name: item.meterDisplayName,
    display_name: isOverage ? `${item.displayName} (Overage)` : item.displayName,
    quantity: formatQuantity(quantity),
    ...periodBody({ start, end }),
    metadata: usageMetadata(invoiced, factor),
    ...(item.commitment && outcome && { commitment_info: toCommitmentInfo(item.commitment, outcome) }),
    ...(isGranted && { adjusted_entitlement_quantity: formatQuantity(adjusted) }),
    ...(cumulative && { cumulative_quantity: formatQuantity(cumulative) }),
    explanation: explanationOf(context, invoiced),
  });
};

export const commitmentLineBody = (
  context: LineContext,
  { kind, quantity, amount, utilized, steps }: CommitmentLine,
  period: Period,
): InvoiceLineBody => {
  const { subscription, planName } = context;
  const { commitment } = subscription;
  const isTrueUp = kind === 'true_up';
  const displayName = `${planName} ${isTrueUp ? 'True Up' : 'Overage'}`;
  return lineBody(context, {
    entity_id: subscription.planId,
    entity_type: 'plan',
    plan_display_name: planName,
    price_type: 'FIXED',
    display_name: displayName,
    amount: formatQuantity(amount),
    quantity: formatQuantity(quantity),
    ...periodBody(period),
    metadata: isTrueUp
      ? {
          description: displayName,
          is_commitment_trueup: 'true',
          commitment_amount: commitment?.amount ?? '0',
          commitment_utilized: formatQuantity(utilized),
        }
      : { description: displayName, is_overage: 'true', overage_factor: commitment?.overageFactor ?? '1' },
    explanation: { steps: steps.map(toStepBody) },
  });
};
