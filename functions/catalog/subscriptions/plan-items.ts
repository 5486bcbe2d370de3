// Creates the line items of a new subscription for the prices of its plan, with their overrides and commitments. A price whose terms
// changed within a back-dated subscription has an item for each version; an override is for all of them.
import { type ApiError, validationError } from '../../../shared/api/http/problem.ts';
import { changesTerms } from '../../../shared/api/prices/price-terms.ts';
import { type CommitmentRequest, namesOfConfig } from '../../../shared/api/subscriptions/commitments.ts';
import { pathOfCommitment } from '../../../shared/api/subscriptions/subscription-commitments.ts';
import type { LineItemOverride } from '../../../shared/api/subscriptions/subscriptions.ts';
import { type Price, startOfPrice } from '../../../shared/domain/pricing/price.ts';
import type { TakenPrice } from '../../../shared/domain/subscriptions/plan-line-items.ts';
import { type ItemContext, newCommitment } from './line-item-commitments.ts';
import { changedCopy, itemOfPrice, type NewItem } from './subscription-items.ts';

const invalid = (field: string, rule: string): ApiError => validationError(new Map([[field, rule]]));

const isVersion = ({ price, versions }: TakenPrice, id: string): boolean =>
  price.id === id || versions.some((version) => version.id === id);

/** Throws ApiError unless each named price is taken, and named once. */
const checkNamed = (
  prices: readonly TakenPrice[],
  ids: readonly string[],
  fieldOf: (id: string, index: number) => string,
): void => {
  const named = new Set<TakenPrice>();
  for (const [index, id] of ids.entries()) {
    const taken = prices.find((one) => isVersion(one, id));
    if (taken === undefined) throw invalid(fieldOf(id, index), 'must be a price that the subscription includes');
    if (named.has(taken)) throw invalid(fieldOf(id, index), 'must be unique');
    named.add(taken);
  }
};

const fieldOfOverride = (index: number): string => `override_line_items[${String(index)}]`;

/** Price of an item, and the instant (UTC milliseconds) from which the next version has one. */
interface Part {
  readonly price: Price;
  readonly ownPrice?: Price;
  readonly endDate?: number;
}

/** Returns the changed copy of a price for the time of all versions, or else each version until the next one starts. */
const partsOf = (
  context: ItemContext,
  { price, versions, beginning }: TakenPrice,
  override: LineItemOverride | undefined,
  path: string,
): readonly Part[] => {
  if (override && changesTerms(override)) {
    const ownPrice = changedCopy(context, price, override, { startDate: beginning, path });
    return [{ price: ownPrice, ownPrice }];
  }
  return versions.map((version, index) => {
    const endDate = versions[index + 1]?.startDate;
    return { price: version, ...(endDate !== undefined && { endDate }) };
  });
};

/** Returns the items for the prices of the plan. Throws ApiError. */
export const planItems = (
  context: ItemContext,
  prices: readonly TakenPrice[],
  overrides: readonly LineItemOverride[],
  commitments: ReadonlyMap<string, CommitmentRequest>,
): readonly NewItem[] => {
  checkNamed(
    prices,
    overrides.map(({ price_id: id }) => id),
    (_, index) => `${fieldOfOverride(index)}.price_id`,
  );
  checkNamed(prices, [...commitments.keys()], pathOfCommitment);
  return prices.flatMap((taken) => {
    const index = overrides.findIndex(({ price_id: id }) => isVersion(taken, id));
    const override = overrides[index];
    const [committedId = '', request = {}] = [...commitments].find(([id]) => isVersion(taken, id)) ?? [];
    return partsOf(context, taken, override, `${fieldOfOverride(index)}.`).map(({ price, ownPrice, endDate }) => {
      const committed = newCommitment(context, price, request, {
        path: `${pathOfCommitment(committedId)}.`,
        names: namesOfConfig,
        startDate: Math.max(startOfPrice(price), context.subscription.startDate),
      });
      const asked = {
        ...(typeof override?.quantity === 'string' && { quantity: override.quantity }),
        ...(committed && { commitment: committed.commitment }),
        ...(endDate !== undefined && { endDate }),
      };
      return {
        lineItem: itemOfPrice(context, price, asked),
        ...(ownPrice && { ownPrice }),
        ...(committed && { bucketPrices: committed.prices }),
      };
    });
  });
};
