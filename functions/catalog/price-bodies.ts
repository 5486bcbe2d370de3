// Prices as they are answered, with the meter and plan they name.
import type { PriceBody } from '../../shared/api/bodies/catalog.ts';
import { toMeterBody } from '../../shared/api/meters.ts';
import { toPlanBody } from '../../shared/api/plans.ts';
import { toPriceUnitBody } from '../../shared/api/price-units.ts';
import { toPriceBody } from '../../shared/api/prices.ts';
import type { Catalog } from '../../shared/domain/catalog.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import type { Price } from '../../shared/domain/price.ts';

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
