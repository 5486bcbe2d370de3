// Previews what a subscription owes for a period as of now: fixed and usage lines, allowances, commitments. Nothing is stored.
import type { InvoicePreviewBody } from '../../../shared/api/bodies/invoices.ts';
import { dueDateOf, invoicedPeriodOf, InvoicePreviewSchema } from '../../../shared/api/charges/invoices.ts';
import { toCustomerBody } from '../../../shared/api/customers/customers.ts';
import { toEntityBody } from '../../../shared/api/entities/entity-body.ts';
import { parseBody } from '../../../shared/api/http/parse-request.ts';
import { toSubscriptionBody } from '../../../shared/api/subscriptions/subscriptions.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { allowancesByMeter, spanOfReset } from '../../../shared/domain/charges/allowance.ts';
import type { ChargingContext } from '../../../shared/domain/charges/charged-line.ts';
import { fixedChargesOf } from '../../../shared/domain/charges/fixed-charge.ts';
import { chargeOf } from '../../../shared/domain/charges/usage-charge.ts';
import { commitmentWindowAt, invoiceUsage, type PeriodCharges } from '../../../shared/domain/charges/usage-invoice.ts';
import { priceOfId, usageLinesOf } from '../../../shared/domain/charges/usage-line.ts';
import { idFromUlid, type Scope } from '../../../shared/domain/ids.ts';
import { decimal, formatQuantity, sumOf, zeroQuantity } from '../../../shared/domain/numbers/quantity.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import { subscriptionPeriodAt } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import type { FoldUsageDeps } from '../fold/fold-usage.ts';
import { measureLines } from '../usage/measure-lines.ts';
import type { BacklogReader } from '../usage/usage-coverage.ts';
import { findSubscription, type FindSubscriptionDeps } from './find-subscription.ts';
import { commitmentLineBody, fixedLineBody, type LineContext, usageLineBody } from './invoice-lines.ts';

export interface PreviewInvoiceDeps extends FoldUsageDeps, FindSubscriptionDeps {
  readonly readBacklog: BacklogReader;
}

/** Returns the billing periods from the start of the commitment's window up to the period; none without such a window. */
const earlierPeriods = (subscription: Subscription, { start }: Period): readonly Period[] => {
  const window = commitmentWindowAt(subscription, start);
  const periods: Period[] = [];
  for (let at = Math.max(window?.start ?? start, subscription.startDate); at < start;) {
    const period = subscriptionPeriodAt(subscription, at);
    if (period === undefined) break;
    periods.push({ start: at, end: Math.min(period.end, start) });
    at = period.end;
  }
  return periods;
};

/** Charges the usage of each period, in one fold. */
const chargePeriods = async (
  deps: FoldUsageDeps,
  scope: Scope,
  externalId: string,
  {
    subscription,
    catalog,
    periods,
    allowanceOf,
  }: {
    readonly subscription: Subscription;
    readonly catalog: Catalog;
    readonly periods: readonly Period[];
    readonly allowanceOf: ChargingContext['allowanceOf'];
  },
): Promise<readonly PeriodCharges[]> => {
  const linesOf = periods.map((period) => usageLinesOf(subscription, catalog, period));
  const wanted = linesOf.flat().map((line) => {
    const allowance = allowanceOf(line.item.meterId);
    const span = allowance ? spanOfReset(allowance.usageResetPeriod, subscription.billingPeriod) : 'window';
    return { line, span } as const;
  });
  const charges = (await measureLines(deps, scope, externalId, wanted)).map(chargeOf);
  let next = 0;
  return periods.map((period, index) => {
    const count = linesOf[index]?.length ?? 0;
    next += count;
    return { period, charges: charges.slice(next - count, next) };
  });
};

const lastOfPeriod = ({ start, end }: Period, now: number): number => Math.max(start, Math.min(now, end - 1));

/** Creates the preview. It throws as `foldUsage` does, and ApiError `not_found`. */
export const createPreviewInvoice =
  (deps: PreviewInvoiceDeps) =>
  async (scope: Scope, keyId: string, body: string): Promise<InvoicePreviewBody> => {
    const sent = parseBody(InvoicePreviewSchema, body);
    const now = deps.now();
    // Before the events, so that it vouches for none that came later.
    const backlog = await deps.readBacklog();
    const { account, catalog, subscription } = await findSubscription(deps, scope, sent.subscription_id);
    const period = invoicedPeriodOf(sent, subscription, now);
    const allowances = allowancesByMeter(subscription, catalog, lastOfPeriod(period, now));
    const allowanceOf: ChargingContext['allowanceOf'] = (meterId) => allowances.get(meterId);
    const priceOf = (id: string): Price => {
      const price = priceOfId(subscription, catalog, id);
      if (price === undefined) throw new Error('a line item names a price that is not there');
      return price;
    };

    const periods = [...earlierPeriods(subscription, period), period];
    const charged = await chargePeriods(deps, scope, account.customer.externalId, {
      subscription,
      catalog,
      periods,
      allowanceOf,
    });
    const current = charged.at(-1) ?? { period, charges: [] };
    const usage = invoiceUsage(subscription, current, charged.slice(0, -1), {
      now,
      allowanceOf,
      priceOf: (bucket) => priceOfId(subscription, catalog, bucket.priceId),
    });
    const fixed = fixedChargesOf(subscription, period, priceOf);

    const entity = toEntityBody(scope, {
      id: '',
      status: 'published',
      createdAt: now,
      updatedAt: now,
      createdBy: keyId,
      updatedBy: keyId,
    });
    const invoiceId = idFromUlid('invoice', deps.newUlid());
    const context: LineContext = {
      invoiceId,
      newLineId: () => idFromUlid('invoiceLine', deps.newUlid()),
      subscription,
      subscriptions: account.subscriptions,
      planName: catalog.plans.get(subscription.planId)?.name ?? '',
      entity,
    };
    const lines = [
      ...fixed.flatMap((versions) =>
        versions.map((charge) => fixedLineBody(context, charge, versions, priceOf(charge.item.priceId))),
      ),
      ...usage.lines.map((line) => usageLineBody(context, line)),
      ...usage.commitmentLines.map((line) => commitmentLineBody(context, line, period)),
    ];
    const subtotal = sumOf(lines.map(({ amount }) => decimal(amount)));
    const total = formatQuantity(subtotal.gt(zeroQuantity) ? subtotal : zeroQuantity);
    return {
      id: invoiceId,
      customer_id: subscription.customerId,
      subscription_id: subscription.id,
      subscription_customer_id: subscription.customerId,
      invoice_type: 'SUBSCRIPTION',
      invoice_status: 'DRAFT',
      payment_status: 'PENDING',
      billing_reason: 'SUBSCRIPTION_CYCLE',
      currency: subscription.currency,
      subtotal: formatQuantity(subtotal),
      total_discount: '0',
      total_tax: '0',
      total,
      amount_due: total,
      amount_paid: '0',
      amount_remaining: total,
      adjustment_amount: '0',
      refunded_amount: '0',
      overpaid_amount: '0',
      total_prepaid_credits_applied: '0',
      description: `Preview of the invoice of subscription ${subscription.id}`,
      due_date: formatInstant(dueDateOf(subscription, period)),
      billing_period: subscription.billingPeriod,
      period_start: formatInstant(period.start),
      period_end: formatInstant(period.end),
      metadata: { is_preview: 'true' },
      version: 1,
      is_manually_edited: false,
      line_items: sent.hide_zero_charges_line_items ? lines.filter(({ amount }) => amount !== '0') : lines,
      subscription: toSubscriptionBody(scope, account, subscription, now),
      customer: toCustomerBody(scope, account.customer),
      ...backlog,
      ...entity,
    };
  };
