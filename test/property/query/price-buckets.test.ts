// A bucket of a price bills as the same bucket of its meter would, whatever buckets the meter has.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { SubscriptionUsageBodySchema } from '../../../shared/api/bodies/charges.ts';
import { InvoicePreviewBodySchema } from '../../../shared/api/bodies/invoices.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { canHaveBuckets } from '../../../shared/domain/aggregations/aggregators.ts';
import type { Meter } from '../../../shared/domain/meters/meter.ts';
import type { WindowSize } from '../../../shared/domain/time/usage-window.ts';
import { openInvoiceWorld } from '../../support/worlds/invoice-world.ts';
import { type Subscribed, subscribed } from '../../support/worlds/subscribed-arbitraries.ts';

// Commitments by window have a line for each, of which minutes make too many.
const sizes = fc.constantFrom<WindowSize>('15MIN', 'HOUR', '6HOUR', 'DAY', 'WEEK', 'MONTH');

/** Without entitlements: those are granted by the meter's buckets alone. */
const withBuckets = (
  { catalog, ...world }: Subscribed,
  bucketsOf: (meter: Meter) => { readonly meter: WindowSize | undefined; readonly price: WindowSize | undefined },
): Subscribed => {
  const meters = Array.from(catalog.meters.values(), (meter): Meter => {
    if (!canHaveBuckets(meter.aggregation.type)) return meter;
    const aggregation = { ...meter.aggregation };
    delete aggregation.bucketSize;
    const size = bucketsOf(meter).meter;
    return { ...meter, aggregation: { ...aggregation, ...(size && { bucketSize: size }) } };
  });
  const prices = Array.from(catalog.prices.values(), (price) => {
    const meter = catalog.meters.get(price.meterId);
    const size = meter && bucketsOf(meter).price;
    return { ...price, ...(size && { bucketSize: size }) };
  });
  const changed: Catalog = {
    ...catalog,
    entitlements: new Map(),
    meters: new Map(meters.map((meter) => [meter.id, meter])),
    prices: new Map(prices.map((price) => [price.id, price])),
  };
  return { ...world, catalog: changed };
};

const billed = async (world: Subscribed) => {
  const { preview, usage } = await openInvoiceWorld(world);
  const { line_items: lines, total } = v.parse(InvoicePreviewBodySchema, await preview('subs_1'));
  const { charges, amount } = v.parse(SubscriptionUsageBodySchema, await usage('subs_1'));
  return {
    total,
    amount,
    lines: lines.map(({ explanation: { quantity, steps }, quantity: units, amount: ofLine, commitment_info: info }) => {
      const { bucket_size_of: whose, ...told } = quantity ?? {};
      return { whose, told, steps, units, ofLine, info };
    }),
    charges: charges?.map(({ quantity, amount: ofCharge, is_overage: isOverage }) => [quantity, ofCharge, isOverage]),
  };
};

test('a price with buckets bills as its meter with these buckets does', async () => {
  const seen = { bucketed: 0 };
  await fc.assert(
    fc.asyncProperty(subscribed, sizes, fc.option(sizes, { nil: undefined }), async (world, size, own) => {
      // Groups need buckets of the meter.
      const meterSize = ({ aggregation }: Meter): WindowSize | undefined =>
        own ?? (aggregation.groupBy === undefined ? undefined : 'HOUR');
      const byPrice = await billed(withBuckets(world, (meter) => ({ meter: meterSize(meter), price: size })));
      const byMeter = await billed(withBuckets(world, () => ({ meter: size, price: undefined })));
      const whose = byPrice.lines.map((line) => line.whose);
      expect(byMeter.lines.map((line) => line.whose)).toEqual(whose.map((one) => one && 'meter'));
      expect(whose.filter((one) => one === 'meter')).toEqual([]);
      seen.bucketed += whose.filter((one) => one === 'price').length;
      const unsaid = (some: typeof byPrice) => ({ ...some, lines: some.lines.map((line) => ({ ...line, whose: '' })) });
      expect(unsaid(byPrice)).toEqual(unsaid(byMeter));
    }),
    { numRuns: 25 },
  );
  expect(seen.bucketed).toBeGreaterThan(10);
}, 60_000);

describe('a bucket of a price', () => {
  test('is ignored where the meter cannot have buckets', async () => {
    await fc.assert(
      fc.asyncProperty(subscribed, sizes, async (world, size) => {
        const withoutMax = (catalog: Catalog): Catalog => ({
          ...catalog,
          meters: new Map(
            Array.from(catalog.meters.values(), ({ aggregation, ...meter }) => [
              meter.id,
              { ...meter, aggregation: canHaveBuckets(aggregation.type) ? { type: 'COUNT' } : aggregation },
            ]),
          ),
        });
        const counted = { ...world, catalog: withoutMax(world.catalog) };
        const [plain, bucketed] = [undefined, size].map((price) =>
          withBuckets(counted, () => ({ meter: undefined, price })),
        );
        if (plain && bucketed) expect(await billed(bucketed)).toEqual(await billed(plain));
      }),
      { numRuns: 10 },
    );
  }, 60_000);
});
