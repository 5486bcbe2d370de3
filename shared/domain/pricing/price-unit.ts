// Converts custom price units, in which a price may be stated. Its fiat amounts are unit amounts × conversion rate, exact and
// unrounded; every cost is computed from those.
import type { Entity, Metadata } from '../entity.ts';
import { roundMoney } from '../numbers/money.ts';
import type { Price, PriceTier, PriceUnitTerms } from './price.ts';
import type { PriceTerms } from './price-lineage.ts';
import { decimal, formatQuantity, type Quantity } from '../numbers/quantity.ts';

/** Custom price unit. Its code, currency and rate never change, because prices depend on them. */
export interface PriceUnit extends Entity {
  readonly name: string;
  /** Three lower-case letters or digits, unique among published ones. */
  readonly code: string;
  readonly symbol: string;
  /** Lower-case ISO 4217. */
  readonly baseCurrency: string;
  /** Exact decimal, > 0: value of one unit in the base currency. */
  readonly conversionRate: string;
  readonly metadata: Metadata;
  readonly archivedAt?: number;
}

type Rate = Pick<PriceUnitTerms, 'conversionRate'>;

/**
 * Converts an amount exactly into the base currency.
 * @internal
 */
export const toFiat = (unitAmount: string, { conversionRate }: Rate): string =>
  formatQuantity(decimal(unitAmount).times(decimal(conversionRate)));

const toFiatTier = ({ upTo, unitAmount, flatAmount }: PriceTier, rate: Rate): PriceTier => ({
  upTo,
  unitAmount: toFiat(unitAmount, rate),
  ...(flatAmount !== undefined && { flatAmount: toFiat(flatAmount, rate) }),
});

/** Converts terms that were stated in units. */
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

/** Returns the terms as stated: in units, if the price has a unit. */
export const statedTerms = ({ priceUnit, ...price }: Price): PriceTerms => {
  if (priceUnit === undefined) return price;
  return { ...price, amount: priceUnit.amount, ...(priceUnit.tiers && { tiers: priceUnit.tiers }) };
};

/** Converts an amount of the base currency into units, rounded to the currency's precision, for lines of an invoice. */
export const unitsOfAmount = (amount: Quantity, { conversionRate }: Rate, baseCurrency: string): Quantity =>
  roundMoney(amount.div(decimal(conversionRate)), baseCurrency);
