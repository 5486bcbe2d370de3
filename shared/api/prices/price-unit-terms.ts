// Reads and shows the amounts of prices in a custom price unit.
import * as v from 'valibot';
import { type Price, type PriceUnitType, priceUnitTypes } from '../../domain/pricing/price.ts';
import type { UnitTermsBody } from '../bodies/price-units.ts';
import { type BrokenRule, brokenOf } from '../http/field-rules.ts';
import { type SentTerms, type SentUnitTerms, tiersSchema, toTierBody } from './price-terms.ts';
import { priceUnitCodeSchema } from './price-units.ts';
import { amountSchema, refusedField } from '../http/primitives.ts';

export const unitConfigSchema = v.object({
  amount: v.nullish(amountSchema),
  price_unit: priceUnitCodeSchema,
  price_unit_tiers: v.nullish(tiersSchema),
});

/** Fields of a new price. */
export const newUnitEntries = {
  price_unit_type: v.nullish(v.picklist([...priceUnitTypes, ''])),
  price_unit_config: v.nullish(unitConfigSchema),
  price_unit_amount: refusedField('only within price_unit_config'),
  price_unit_tiers: refusedField('only within price_unit_config'),
};

/** Fields of a change to a price; its unit stays. */
export const changedUnitEntries = {
  price_unit_type: refusedField('cannot be changed'),
  price_unit_config: refusedField('cannot be changed'),
  price_unit_amount: v.nullish(amountSchema),
  price_unit_tiers: v.nullish(tiersSchema),
};

type SentUnit = v.InferOutput<v.ObjectSchema<typeof newUnitEntries, undefined>>;
const isSent = (value: string | readonly unknown[] | null | undefined): boolean =>
  value !== undefined && value !== null && value.length > 0;

/** Returns the terms of a new price, in its unit if it has one. */
export const statedBy = (sent: SentTerms & SentUnit): SentTerms => {
  const config = sent.price_unit_type === 'CUSTOM' ? sent.price_unit_config : undefined;
  return config ? { ...sent, amount: config.amount, tiers: config.price_unit_tiers } : sent;
};

/** Returns the path of a term in the body of a new price. */
export const fieldOfTerm = (name: string, sent: SentUnit): string => {
  if (sent.price_unit_type !== 'CUSTOM') return name;
  if (name === 'amount') return 'price_unit_config.amount';
  return name === 'tiers' ? 'price_unit_config.price_unit_tiers' : name;
};

export const brokenUnitRules = (sent: SentTerms & SentUnit): BrokenRule[] => {
  const isCustom = sent.price_unit_type === 'CUSTOM';
  return brokenOf(
    [isCustom && !sent.price_unit_config, 'price_unit_config', 'required'],
    [!isCustom && Boolean(sent.price_unit_config), 'price_unit_config', 'only with price_unit_type CUSTOM'],
    [isCustom && isSent(sent.amount), 'amount', 'only for FIAT prices'],
    [isCustom && isSent(sent.tiers), 'tiers', 'only for FIAT prices'],
  );
};

/** Returns the broken rules of a change to a price of that type. */
export const brokenUnitChange = (type: PriceUnitType, sent: SentTerms & SentUnitTerms): BrokenRule[] => {
  const isCustom = type === 'CUSTOM';
  return brokenOf(
    [isCustom && isSent(sent.amount), 'amount', 'only for FIAT prices'],
    [isCustom && isSent(sent.tiers), 'tiers', 'only for FIAT prices'],
    [!isCustom && isSent(sent.price_unit_amount), 'price_unit_amount', 'only for CUSTOM prices'],
    [!isCustom && isSent(sent.price_unit_tiers), 'price_unit_tiers', 'only for CUSTOM prices'],
  );
};

export const statedByChange = (type: PriceUnitType, sent: SentTerms & SentUnitTerms): SentTerms =>
  type === 'CUSTOM' ? { ...sent, amount: sent.price_unit_amount, tiers: sent.price_unit_tiers } : sent;

export const toUnitTermsBody = ({ priceUnit }: Price): UnitTermsBody => {
  if (priceUnit === undefined) return {};
  const { id, code, symbol, amount, conversionRate, tiers } = priceUnit;
  return {
    price_unit_id: id,
    price_unit: code,
    price_unit_amount: amount,
    display_price_unit_amount: `${symbol}${amount}`,
    conversion_rate: conversionRate,
    ...(tiers && { price_unit_tiers: tiers.map(toTierBody) }),
  };
};
