// Costs of some quantities by the terms of a form, computed by the pricing code of the product itself.
import * as v from 'valibot';
import { completeTerms, costEntries } from '../../../../shared/api/prices/price-terms.ts';
import { isObject } from '../../../../shared/api/http/primitives.ts';
import { displayAmount, precisionOfCurrency, roundMoney } from '../../../../shared/domain/numbers/money.ts';
import { decimal, formatQuantity, parseQuantity } from '../../../../shared/domain/numbers/quantity.ts';
import { billingModels } from '../../../../shared/domain/pricing/price.ts';
import { costOfParts, type PricedTerms, priceQuantity } from '../../../../shared/domain/pricing/price-cost.ts';
import type { Body } from '../../forms/form-body.ts';

const CostSchema = v.object({ ...costEntries, billing_model: v.picklist(billingModels) });

/** Returns the terms that a body states, in the custom unit if it has one; undefined while they are incomplete. */
export const termsOfBody = (body: Body): PricedTerms | undefined => {
  const config = body['price_unit_config'];
  const stated = {
    ...body,
    ...(isObject(config) && { amount: config['amount'], tiers: config['price_unit_tiers'] }),
    ...(body['price_unit_amount'] !== undefined && { amount: body['price_unit_amount'] }),
    ...(body['price_unit_tiers'] !== undefined && { tiers: body['price_unit_tiers'] }),
  };
  const parsed = v.safeParse(CostSchema, stated);
  if (!parsed.success) return undefined;
  const completed = completeTerms(parsed.output.billing_model, parsed.output);
  return completed.kind === 'terms' ? completed.terms : undefined;
};

const usual = [1, 10, 1_000, 100_000, 1_000_000];
const most = 9;

/** Returns quantities that show how a price works: round ones, and those at the ends of its tiers. */
export const sampleQuantities = ({ tiers = [], transformQuantity }: PricedTerms): readonly string[] => {
  const bounds = tiers.flatMap(({ upTo }) => (upTo === null ? [] : [upTo, upTo + 1])).slice(0, 4);
  const size = transformQuantity?.divideBy ?? 1;
  const packages = size > 1 ? [size, size + 1] : [];
  const all = [...new Set([...bounds, ...packages, ...usual])].slice(0, most);
  return all.sort((a, b) => a - b).map(String);
};

export interface CostText {
  /** Rounded, as on a bill. */
  readonly amount: string;
  /** Not rounded, if that differs. */
  readonly exact?: string;
}

/** Returns what a quantity costs; undefined if it is no quantity. `unit`: the code of a custom unit, whose amounts are not rounded. */
export const costText = (terms: PricedTerms, quantity: string, currency: string, unit = ''): CostText | undefined => {
  const parsed = parseQuantity(quantity.trim().replaceAll(',', ''));
  if (parsed === undefined || parsed.lt(decimal('0'))) return undefined;
  const cost = costOfParts(priceQuantity(terms, parsed));
  if (unit !== '') return { amount: `${formatQuantity(cost)} ${unit}` };
  const rounded = roundMoney(cost, currency);
  const symbol = displayAmount(decimal('0'), currency).slice(0, -1);
  const amount = symbol + rounded.toFixed(precisionOfCurrency(currency));
  return rounded.eq(cost) ? { amount } : { amount, exact: displayAmount(cost, currency) };
};
