// Writes prices for answers, with the meter and plan that they name.
import type { PriceBody } from '../../../shared/api/bodies/catalog.ts';
import { toMeterBody } from '../../../shared/api/catalog/meters.ts';
import { toPlanBody } from '../../../shared/api/catalog/plans.ts';
import { toPriceUnitBody } from '../../../shared/api/prices/price-units.ts';
import { toPriceBody } from '../../../shared/api/prices/prices.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Price } from '../../../shared/domain/pricing/price.ts';

export const priceBody = (
  scope: Scope,
  { meters, plans, priceUnits }: Catalog,
  price: Price,
  {
    hasMeter,
    hasPlan,
    hasUnit = false,
  }: { readonly hasMeter: boolean; readonly hasPlan: boolean; readonly hasUnit?: boolean },
): PriceBody => {
  const meter = hasMeter ? meters.get(price.meterId) : undefined;
  const plan = hasPlan ? plans.get(price.entityId) : undefined;
  const unit = hasUnit ? priceUnits.get(price.priceUnit?.id ?? '') : undefined;
  return toPriceBody(scope, price, {
    meter: meter && toMeterBody(scope, meter),
    plan: plan && toPlanBody(scope, plan),
    unit: unit && toPriceUnitBody(scope, unit),
  });
};
