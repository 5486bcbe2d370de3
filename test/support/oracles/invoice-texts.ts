// Writes an invoice of usage as text, line by line, for worked examples.
import type { Charge } from '../../../shared/domain/charges/charge.ts';
import type { InvoiceLine } from '../../../shared/domain/charges/invoice-line.ts';
import type { CommitmentLine, UsageInvoice } from '../../../shared/domain/charges/usage-invoice.ts';
import { formatQuantity as text, sumOf } from '../../../shared/domain/numbers/quantity.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';
import type { LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import { aMeasuredLine, chargeOf } from '../builders/measured-lines.ts';

export const aCharge = (quantity: string, price: Partial<Price>, item: Partial<LineItem> = {}): Charge =>
  chargeOf(aMeasuredLine(quantity, { price, item }));

/** `overage | quantity | amount | kinds and amounts of the steps`. */
const lineText = (line: InvoiceLine | CommitmentLine): string =>
  [
    'kind' in line ? line.kind : line.isOverage ? 'overage' : 'usage',
    text(line.quantity),
    text(line.amount),
    line.steps.map(({ kind, amount }) => `${kind} ${text(amount)}`).join(', '),
  ].join(' | ');
export const linesText = ({ lines, commitmentLines }: UsageInvoice): readonly string[] =>
  [...lines, ...commitmentLines].map(lineText);
export const totalOf = ({ lines, commitmentLines }: UsageInvoice): string =>
  text(sumOf([...lines, ...commitmentLines].map(({ amount }) => amount)));
