// One measured quantity: the preview of an invoice, the charges of the subscription and analytics say the same of every line item in
// the same range; and the usage of an allowance is what the bills in its window compute with.
import { expect, test } from '@jest/globals';
import Big from 'big.js';
import * as v from 'valibot';
import { AnalyticsBodySchema } from '../../../shared/api/bodies/analytics.ts';
import { SubscriptionUsageBodySchema } from '../../../shared/api/bodies/charges.ts';
import { InvoicePreviewBodySchema } from '../../../shared/api/bodies/invoices.ts';
import { jsonText } from '../../../shared/domain/json-text.ts';
import { drawBillCase } from '../../support/worlds/bill-draws.ts';
import { worldOfCase } from '../../support/worlds/bill-world.ts';
import { openInvoiceWorld } from '../../support/worlds/invoice-world.ts';

const cases = 100;
const firstSeed = 700_000;

/** Decimal places that a number of JSON has for certain. */
const places = 6;
const rounded = (units: Big): string => units.round(places).toFixed();

/** Adds up quantities by line item; those of 0 are left out. */
const byItem = (rows: readonly (readonly [string | undefined, Big])[]): Readonly<Record<string, string>> => {
  const sums = new Map<string, Big>();
  for (const [id = '', units] of rows) sums.set(id, (sums.get(id) ?? new Big(0)).plus(units));
  const entries = [...sums].map(([id, units]) => [id, rounded(units)] as const);
  return Object.fromEntries(entries.filter(([, units]) => units !== '0').sort());
};

test('the preview, the charges of the subscription and analytics measure every line item alike', async () => {
  let compared = 0;
  for (let seed = firstSeed; seed < firstSeed + cases; seed += 1) {
    const bill = drawBillCase(seed);
    // Analytics weighs a level by the range that is asked for, a bill by whole billing periods.
    const levels = new Set(bill.meters.flatMap(({ id, aggregation }) => (aggregation === 'WEIGHTED_SUM' ? [id] : [])));
    const world = await openInvoiceWorld(worldOfCase(bill));
    const preview = v.parse(
      InvoicePreviewBodySchema,
      await world.preview('subs_1', {
        period_start: new Date(bill.asked.start).toISOString(),
        ...(bill.asked.end !== undefined && { period_end: new Date(bill.asked.end).toISOString() }),
      }),
    );
    const range = { start_time: preview.period_start, end_time: preview.period_end };
    const charges = v.parse(SubscriptionUsageBodySchema, await world.usage('subs_1', range)).charges ?? [];
    const { items } = v.parse(AnalyticsBodySchema, await world.analytics(range));
    const lines = preview.line_items.filter(({ price_type: type, meter_id: meter }) => type === 'USAGE' && meter);
    const isCumulative = preview.line_items.some(({ metadata }) => metadata['is_overage'] === 'true');
    const billed = byItem(
      lines.map((line) => [
        line.subscription_line_item_id,
        new Big(line.quantity).plus(line.adjusted_entitlement_quantity ?? '0'),
      ]),
    );
    const charged = byItem(
      charges.map((charge) => [charge.subscription_line_item_id, new Big(jsonText(charge.quantity))]),
    );
    // A commitment over several periods scales what a later one shows.
    if (!isCumulative) expect({ seed, ...billed }).toEqual({ seed, ...charged });
    const isCounted = (meterId: string | undefined): boolean => !levels.has(meterId ?? '');
    const analyzed = byItem(
      items.flatMap((item) => (isCounted(item.meter_id) ? [[item.sub_line_item_id, new Big(item.total_usage)]] : [])),
    );
    const counted = byItem(
      charges.flatMap((charge) =>
        isCounted(charge.meter_id) ? [[charge.subscription_line_item_id, new Big(jsonText(charge.quantity))]] : [],
      ),
    );
    expect({ seed, ...analyzed }).toEqual({ seed, ...counted });
    compared += Object.keys(charged).length;
  }
  expect(compared).toBeGreaterThan(cases);
}, 60_000);
