// Previews what a subscription owes for a period as of now: fixed and usage lines, allowances, commitments. Nothing is stored.
import type { InvoicePreviewBody } from '../../../shared/api/bodies/invoices.ts';
import { dueDateOf, invoicedPeriodOf, InvoicePreviewSchema } from '../../../shared/api/charges/invoices.ts';
import { toCustomerBody } from '../../../shared/api/customers/customers.ts';
import { toEntityBody } from '../../../shared/api/entities/entity-body.ts';
import { parseBody } from '../../../shared/api/http/parse-request.ts';
import { toSubscriptionBody } from '../../../shared/api/subscriptions/subscriptions.ts';
import { fixedChargesOf } from '../../../shared/domain/charges/fixed-charge.ts';
import { priceOfId } from '../../../shared/domain/charges/usage-line.ts';
import { idFromUlid, type Scope } from '../../../shared/domain/ids.ts';
import { decimal, formatQuantity, maxQuantity, sumOf, zeroQuantity } from '../../../shared/domain/numbers/quantity.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import { endOfSubscription } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { clipToRange, type Period } from '../../../shared/domain/time/period.ts';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import type { ReadPageDeps } from '../events/read-page.ts';
import { refuseUnkept } from '../fold/event-hours.ts';
import type { FoldUsageDeps } from '../fold/fold-usage.ts';
import type { BacklogReader } from '../usage/usage-coverage.ts';
import { chargeUsage } from './charge-usage.ts';
import { findSubscription, type FindSubscriptionDeps } from './find-subscription.ts';
import { commitmentLineBody, fixedLineBody, type LineContext, usageLineBody } from './invoice-lines.ts';
import { findUnbilledEvents } from './unbilled-events.ts';

export type PreviewInvoiceDeps = FoldUsageDeps &
  FindSubscriptionDeps &
  ReadPageDeps & { readonly readBacklog: BacklogReader };

/** Returns the part of a period in which the subscription runs. */
const runningPart = (subscription: Subscription, period: Period): Period => {
  const { startDate } = subscription;
  const endDate = endOfSubscription(subscription);
  return clipToRange({ startDate, ...(endDate !== undefined && { endDate }) }, period) ?? period;
};

/** Creates the preview. It throws as `foldUsage` does, and ApiError `not_found`, or `validation_error` for a period before what is kept. */
export const createPreviewInvoice =
  (deps: PreviewInvoiceDeps) =>
  async (scope: Scope, keyId: string, body: string): Promise<InvoicePreviewBody> => {
    const sent = parseBody(InvoicePreviewSchema, body);
    const now = deps.now();
    // Before the events, so that it vouches for none that came later.
    const backlog = await deps.readBacklog();
    const { account, catalog, subscription } = await findSubscription(deps, scope, sent.subscription_id);
    const period = invoicedPeriodOf(sent, subscription, now);
    const { externalId } = account.customer;
    refuseUnkept(deps, externalId, Math.max(period.start, subscription.startDate), 'period_start');
    const priceOf = (id: string): Price => {
      const price = priceOfId(subscription, catalog, id);
      if (price === undefined) throw new Error('a line item names a price that is not there');
      return price;
    };

    const charged = await chargeUsage(deps, scope, externalId, {
      subscription,
      catalog,
      period,
      now,
      field: 'period_start',
    });
    const fixed = fixedChargesOf(subscription, period, priceOf);
    const unbilled = sent.include.includes('unbilled_events')
      ? await findUnbilledEvents(deps, scope, { account, catalog, period })
      : undefined;

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
      ...charged.flatMap(({ invoice }) => invoice.lines.map((line) => usageLineBody(context, line))),
      ...charged.flatMap(({ period: billed, invoice }) =>
        invoice.commitmentLines.map((line) => commitmentLineBody(context, line, runningPart(subscription, billed))),
      ),
    ];
    const subtotal = sumOf(lines.map(({ amount }) => decimal(amount)));
    const total = formatQuantity(maxQuantity(subtotal, zeroQuantity));
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
      ...(unbilled && { unbilled_events: unbilled }),
      subscription: toSubscriptionBody(scope, account, subscription, now),
      customer: toCustomerBody(scope, account.customer),
      ...backlog,
      ...entity,
    };
  };
