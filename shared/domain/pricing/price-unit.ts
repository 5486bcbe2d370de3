// Custom price units: a price may be stated in one. Its fiat amounts are unit amounts × conversion rate, exact and unrounded;
// every cost is worked out from those.
import type { Entity, Metadata } from '../entity.ts';
import { roundMoney } from '../numbers/money.ts';
import type { Price, PriceTier, PriceUnitTerms } from './price.ts';
import type { PriceTerms } from './price-lineage.ts';
import { decimal, formatQuantity, type Quantity } from '../numbers/quantity.ts';

/** Code, currency and rate never change: prices are stated by them. */
export interface PriceUnit extends Entity {
  readonly name: string;
  /** Three lower-case letters or digits, unique among published ones. */
  readonly code: string;
  readonly symbol: string;
  /** Lower-case ISO 4217. */
  readonly baseCurrency: string;
  /** Exact decimal, > 0: how much of the base currency one unit is. */
  readonly conversionRate: string;
  readonly metadata: Metadata;
  readonly archivedAt?: number;
}

type Rate = Pick<PriceUnitTerms, 'conversionRate'>;

/** Exact, in units of the base currency. */
export const toFiat = (unitAmount: string, { conversionRate }: Rate): string =>
  formatQuantity(decimal(unitAmount).times(decimal(conversionRate)));

const toFiatTier = ({ upTo, unitAmount, flatAmount }: PriceTier, rate: Rate): PriceTier => ({
  upTo,
  unitAmount: toFiat(unitAmount, rate),
  ...(flatAmount !== undefined && { flatAmount: toFiat(flatAmount, rate) }),
});

/** The terms of a price from those that were stated in units. */
export const termsOfUnits = (
  stated: PriceTerms,
  { id, code, symbol, conversionRate }: Pick<PriceUnitTerms, 'id' | 'code' | 'symbol' | 'conversionRate'>,
): PriceTerms => {
  const rate = { conversionRate };
  const { amount, tiers } = stated;
  return {
    ...stated,
    amount: toFiat(amount, rate),
    ...(tiers && { tiers: tiers.map((tier) => toFiatTier(tier, rate)) }),
    priceUnit: { id, code, symbol, conversionRate, amount, ...(tiers && { tiers }) },
  };
};

/** The terms as they were stated: in units, where the price has one. */
export const statedTerms = ({ priceUnit, ...price }: Price): PriceTerms => {
  if (priceUnit === undefined) return price;
  return { ...price, amount: priceUnit.amount, ...(priceUnit.tiers && { tiers: priceUnit.tiers }) };
};

/** What an amount of the base currency is in units, rounded to the currency's precision: of lines of an invoice. */
export const unitsOfAmount = (amount: Quantity, { conversionRate }: Rate, baseCurrency: string): Quantity =>
  roundMoney(amount.div(decimal(conversionRate)), baseCurrency);
