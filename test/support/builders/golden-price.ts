// Prices and decimals as golden vectors write them.
import * as v from 'valibot';
import { billingModels, tierModes } from '../../../shared/domain/pricing/price.ts';
import { decimal } from '../../../shared/domain/numbers/quantity.ts';

export const Decimal = v.pipe(v.string(), v.transform(decimal));

export const GoldenPrice = v.pipe(
  v.object({
    amount: v.string(),
    currency: v.string(),
    billing_model: v.picklist(billingModels),
    tier_mode: v.exactOptional(v.picklist(tierModes)),
    tiers: v.exactOptional(
      v.array(
        v.pipe(
          v.object({
            up_to: v.nullable(v.number()),
            unit_amount: v.string(),
            flat_amount: v.exactOptional(v.string()),
          }),
          v.transform(({ up_to: upTo, unit_amount: unitAmount, flat_amount: flatAmount }) => ({
            upTo,
            unitAmount,
            ...(flatAmount !== undefined && { flatAmount }),
          })),
        ),
      ),
    ),
    transform_quantity: v.exactOptional(
      v.pipe(
        v.object({ divide_by: v.number(), round: v.picklist(['up', 'down', '']) }),
        v.transform(({ divide_by: divideBy, round }) => ({ divideBy, round })),
      ),
    ),
  }),
  v.transform(({ billing_model: billingModel, tier_mode: tierMode, transform_quantity: transform, ...terms }) => ({
    ...terms,
    billingModel,
    ...(tierMode !== undefined && { tierMode }),
    ...(transform !== undefined && { transformQuantity: transform }),
  })),
);
