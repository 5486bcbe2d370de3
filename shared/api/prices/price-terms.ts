// Schemas of the terms of a price: amount, tiers, packages. Stricter than the upstream: tiers
// need a mode and an open last tier; they are sorted.
import * as v from 'valibot';
import type { PriceTerms } from '../../domain/pricing/price-lineage.ts';
import {
  type BillingModel,
  billingModels,
  type PriceTier,
  tierModes,
  type TransformQuantity,
} from '../../domain/pricing/price.ts';
import { windowSizes } from '../../domain/time/usage-window.ts';
import type { TermsBody } from '../bodies/catalog.ts';
import { amountSchema, arraySchema, wholeNumberSchema } from '../http/primitives.ts';

const tierSchema = v.pipe(
  v.object({
    up_to: v.nullish(wholeNumberSchema(0, Number.MAX_SAFE_INTEGER)),
    unit_amount: amountSchema,
    flat_amount: v.nullish(amountSchema),
  }),
  v.transform(({ up_to: upTo, unit_amount: unitAmount, flat_amount: flatAmount }): PriceTier => ({
    upTo: upTo ?? null,
    unitAmount,
    ...(typeof flatAmount === 'string' && { flatAmount }),
  })),
);

const byBound = (a: PriceTier, b: PriceTier): number =>
  a.upTo === b.upTo ? 0 : (a.upTo ?? Infinity) - (b.upTo ?? Infinity);

export const tiersSchema = v.pipe(
  arraySchema(tierSchema, 0, 1_000),
  v.transform((tiers): readonly PriceTier[] => tiers.toSorted(byBound)),
  v.check((tiers) => new Set(tiers.map(({ upTo }) => upTo)).size === tiers.length, 'must differ in up_to'),
  v.check((tiers) => tiers.length === 0 || tiers.at(-1)?.upTo === null, 'must have an open last tier, up_to null'),
);

const transformQuantitySchema = v.pipe(
  v.object({
    divide_by: wholeNumberSchema(1, Number.MAX_SAFE_INTEGER),
    round: v.nullish(v.picklist(['up', 'down', '']), ''),
  }),
  v.transform(({ divide_by: divideBy, round }): TransformQuantity => ({ divideBy, round })),
);

/** Fields of the cost of a unit. */
export const costEntries = {
  amount: v.nullish(amountSchema),
  billing_model: v.nullish(v.picklist(billingModels)),
  tier_mode: v.nullish(v.picklist([...tierModes, ''])),
  tiers: v.nullish(tiersSchema),
  transform_quantity: v.nullish(transformQuantitySchema),
};

/** Fields whose change starts a new version of the price. */
export const termEntries = {
  ...costEntries,
  bucket_size: v.nullish(v.picklist([...windowSizes, ''])),
};

type SentCost = v.InferOutput<v.ObjectSchema<typeof costEntries, undefined>>;
export type SentTerms = v.InferOutput<v.ObjectSchema<typeof termEntries, undefined>>;

/** Amounts of a CUSTOM price in its unit. */
export interface SentUnitTerms {
  readonly price_unit_amount?: string | null | undefined;
  readonly price_unit_tiers?: readonly PriceTier[] | null | undefined;
}

export const changesTerms = (sent: SentTerms & SentUnitTerms): boolean =>
  (sent.price_unit_tiers?.length ?? 0) > 0 ||
  [
    sent.amount,
    sent.billing_model,
    sent.tier_mode,
    sent.tiers,
    sent.transform_quantity,
    sent.price_unit_amount,
    sent.bucket_size,
  ].some((term) => term !== undefined && term !== null && term !== '');

/** Returns the terms, completed from `before`, or the names of missing terms that the billing model needs. */
export const completeTerms = (
  billingModel: BillingModel,
  sent: SentCost,
  before?: PriceTerms,
): { readonly kind: 'terms'; readonly terms: PriceTerms } | { readonly kind: 'missing'; readonly names: string[] } => {
  // The amount of a TIERED price has no meaning.
  const amount = sent.amount ?? (before?.billingModel === 'TIERED' ? undefined : before?.amount);
  const transformQuantity = sent.transform_quantity ?? before?.transformQuantity;
  const tierMode = sent.tier_mode || before?.tierMode;
  const tiers = sent.tiers?.length ? sent.tiers : before?.tiers;
  if (billingModel === 'TIERED') {
    if (tierMode && tiers) return { kind: 'terms', terms: { amount: '0', billingModel, tierMode, tiers } };
    return { kind: 'missing', names: [...(tierMode ? [] : ['tier_mode']), ...(tiers ? [] : ['tiers'])] };
  }
  const isPackage = billingModel === 'PACKAGE';
  if (amount !== undefined && (!isPackage || transformQuantity)) {
    const terms = { amount, billingModel, ...(isPackage && transformQuantity && { transformQuantity }) };
    return { kind: 'terms', terms };
  }
  const names = amount === undefined ? ['amount'] : [];
  return { kind: 'missing', names: isPackage && !transformQuantity ? [...names, 'transform_quantity'] : names };
};

export const toTierBody = ({ upTo, unitAmount, flatAmount }: PriceTier) => ({
  up_to: upTo,
  unit_amount: unitAmount,
  ...(flatAmount !== undefined && { flat_amount: flatAmount }),
});

export const toTermsBody = ({ amount, billingModel, tierMode, tiers, transformQuantity }: PriceTerms): TermsBody => ({
  amount,
  billing_model: billingModel,
  ...(tierMode && { tier_mode: tierMode }),
  ...(tiers && { tiers: tiers.map(toTierBody) }),
  transform_quantity: transformQuantity
    ? { divide_by: transformQuantity.divideBy, round: transformQuantity.round }
    : { divide_by: 1 },
});
