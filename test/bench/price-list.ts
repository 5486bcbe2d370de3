// The price list as data: what AWS asks for a unit, where that was read, and when.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { decimal, type Quantity } from '../../shared/domain/numbers/quantity.ts';

const decimalText = v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/), v.transform(decimal));
const PriceSchema = v.object({ usd: decimalText, per: decimalText, source: v.string() });
const RegionSchema = v.object({
  readOn: v.pipe(v.string(), v.isoDate()),
  note: v.string(),
  prices: v.object({
    apiRequest: PriceSchema,
    lambdaRequest: PriceSchema,
    lambdaGbSecond: PriceSchema,
    sqsRequest: PriceSchema,
    writeUnit: PriceSchema,
    readUnit: PriceSchema,
    logGb: PriceSchema,
    customMetric: PriceSchema,
    alarm: PriceSchema,
    dashboard: PriceSchema,
    trace: PriceSchema,
    transferGb: PriceSchema,
    storageGbMonth: PriceSchema,
    recoveryGbMonth: PriceSchema,
  }),
});
const ListSchema = v.object({ currency: v.literal('usd'), regions: v.record(v.string(), RegionSchema) });

export type RegionPrices = v.InferOutput<typeof RegionSchema>;
export type PriceName = keyof RegionPrices['prices'];

const readList = () =>
  v.parse(ListSchema, JSON.parse(readFileSync(join(import.meta.dirname, 'price-list.json'), 'utf8')));

export const pricedRegions = (): readonly string[] => Object.keys(readList().regions);

/** Throws an Error that names the regions there are. */
export const readPrices = (region: string): RegionPrices => {
  const prices = readList().regions[region];
  if (!prices) throw new Error(`there are no prices of ${region}, only of ${pricedRegions().join(', ')}`);
  return prices;
};

/** Exact; US dollars. */
export const costOf = ({ prices }: RegionPrices, name: PriceName, quantity: Quantity): Quantity =>
  quantity.times(prices[name].usd).div(prices[name].per);
