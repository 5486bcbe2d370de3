// Prepares the line item that follows one whose price or commitment changes.
import { changesTerms, type SentTerms, type SentUnitTerms } from '../../../shared/api/prices/price-terms.ts';
import { namesOfItem, overlaid, requestOfItem } from '../../../shared/api/subscriptions/commitments.ts';
import { priceOfId } from '../../../shared/domain/charges/usage-line.ts';
import { hasSameTerms } from '../../../shared/domain/pricing/same-terms.ts';
import { type LineItem, ownEndOf } from '../../../shared/domain/subscriptions/line-item.ts';
import { billsBySameTerms } from '../../../shared/domain/subscriptions/restated-terms.ts';
import { notFound } from '../changes/find-accounts.ts';
import { type ItemContext, newCommitment } from './line-item-commitments.ts';
import { changedCopy, itemOfPrice, type NewItem, newPricesOf } from './subscription-items.ts';

/** Creates the item that replaces `old`, with other terms, from `startDate` on. */
export const successorOf = (
  context: ItemContext,
  old: LineItem,
  sent: SentTerms & SentUnitTerms & Parameters<typeof requestOfItem>[0],
  described: Pick<LineItem, 'startDate' | 'displayName' | 'metadata'>,
): NewItem => {
  const price = priceOfId(context.subscription, context.catalog, old.priceId);
  if (price === undefined) throw notFound('Price');
  const { startDate } = described;
  const copy = changesTerms(sent) ? changedCopy(context, price, sent, { startDate }) : undefined;
  const ownPrice = copy && !hasSameTerms(copy, price) ? copy : undefined;
  const committed = newCommitment(context, ownPrice ?? price, overlaid(old.commitment, requestOfItem(sent)), {
    path: '',
    names: namesOfItem,
    startDate,
    before: old.commitment,
  });
  const ownEnd = ownEndOf(old);
  const asked = {
    ...described,
    ...(ownEnd !== undefined && { endDate: ownEnd }),
    quantity: old.quantity,
    ...(committed && { commitment: committed.commitment }),
  };
  return {
    lineItem: itemOfPrice(context, ownPrice ?? price, asked),
    ...(ownPrice && { ownPrice }),
    ...(committed && { bucketPrices: committed.prices }),
  };
};

/** Reports whether the successor bills by other terms than the item that it would replace. */
export const isChange = ({ subscription, catalog }: ItemContext, old: LineItem, next: NewItem): boolean => {
  const made = newPricesOf(next);
  const priceOf = (id: string) => made.find((price) => price.id === id) ?? priceOfId(subscription, catalog, id);
  return !billsBySameTerms(old, next.lineItem, priceOf);
};
