// Selects the prices of its plan that a new subscription takes: those of its period and currency, or those of them that it names.
import { type ApiError, validationError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { SubscriptionTerms } from '../../../shared/domain/subscriptions/new-subscription.ts';
import {
  inOrderOfCreation,
  type PriceMismatch,
  type TakenPrice,
  takePrice,
  takePrices,
} from '../../../shared/domain/subscriptions/plan-line-items.ts';
import { rootOf } from '../../../shared/domain/pricing/price.ts';
import { notFound } from '../changes/find-accounts.ts';

const invalid = (field: string, rule: string): ApiError => validationError(new Map([[field, rule]]));

const rules: Readonly<Record<PriceMismatch, string>> = {
  other_plan: 'must be a price of the plan',
  ended: 'must be a price that has not ended',
  other_period: 'must have the billing_period of the subscription, or ONETIME',
  other_currency: 'must have the currency of the subscription',
  too_late: 'must start before the subscription ends',
};

const namedPrices = (
  { prices }: Catalog,
  terms: SubscriptionTerms,
  ids: readonly string[],
  at: number,
): readonly TakenPrice[] => {
  const broken = new Map<string, string>();
  const taken = new Map<string, TakenPrice>();
  for (const [index, id] of ids.entries()) {
    const field = `include_price_ids[${String(index)}]`;
    const price = prices.get(id);
    if (price === undefined) throw notFound('Price', field);
    const outcome = takePrice(price, prices.values(), terms, at);
    if (typeof outcome === 'string') broken.set(field, rules[outcome]);
    else if (taken.has(rootOf(price))) broken.set(field, 'must be the only version of its price');
    else taken.set(rootOf(price), outcome);
  }
  if (broken.size > 0) throw validationError(broken);
  return inOrderOfCreation([...taken.values()]);
};

/** Returns the prices with these `ids`; undefined: all prices of the plan that fit. `at`: UTC milliseconds. Throws ApiError. */
export const pricesOfPlan = (
  catalog: Catalog,
  terms: SubscriptionTerms,
  ids: readonly string[] | undefined,
  at: number,
): readonly TakenPrice[] => {
  const plan = catalog.plans.get(terms.planId);
  if (plan === undefined) throw notFound('Plan', 'plan_id');
  if (plan.status !== 'published') throw invalid('plan_id', 'must be a published plan');
  if (ids) return namedPrices(catalog, terms, ids, at);
  const prices = takePrices(catalog.prices.values(), terms, at);
  if (prices.length === 0) {
    throw invalid('plan_id', 'must have a price of the billing_period and currency of the subscription');
  }
  return prices;
};
