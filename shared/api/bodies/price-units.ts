// Bodies of custom price units, and of the terms of a price in one.
import * as v from 'valibot';
import { type BodyOf, decimalText, EntityBodySchema, instantText, metadata, wholeNumber } from './body.ts';

export const PriceUnitBodySchema = v.object({
  id: v.string(),
  name: v.string(),
  code: v.pipe(v.string(), v.description('Three letters or digits, lower case.')),
  symbol: v.string(),
  base_currency: v.pipe(v.string(), v.description('ISO 4217, lower case.')),
  conversion_rate: v.pipe(decimalText, v.description('The value of one unit in the base currency.')),
  metadata,
  archived_at: v.exactOptional(instantText),
  ...EntityBodySchema.entries,
});
export type PriceUnitBody = BodyOf<typeof PriceUnitBodySchema>;

export const TierBodySchema = v.object({
  up_to: v.pipe(v.nullable(wholeNumber), v.description('Inclusive; null for the open last tier.')),
  unit_amount: decimalText,
  flat_amount: v.exactOptional(decimalText),
});

/** Terms of a CUSTOM price in its unit. */
export const UnitTermsBodySchema = v.object({
  price_unit_id: v.exactOptional(v.string()),
  price_unit: v.exactOptional(v.pipe(v.string(), v.description('The code of the unit of the price.'))),
  price_unit_amount: v.exactOptional(
    v.pipe(decimalText, v.description('In units; `amount` is this × `conversion_rate`.')),
  ),
  display_price_unit_amount: v.exactOptional(v.string()),
  conversion_rate: v.exactOptional(decimalText),
  price_unit_tiers: v.exactOptional(v.array(TierBodySchema)),
});
export type UnitTermsBody = BodyOf<typeof UnitTermsBodySchema>;
