// Subscriptions on their customers' cards: finding one, and changing one with its history.
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Card, Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { recordChanges } from '../../../shared/domain/subscriptions/subscription-history.ts';
import type { Change } from './catalog-changes.ts';
import { type CardDeps, changeCard, findCard, notFound } from './find-accounts.ts';

export interface SubscriptionDeps extends CardDeps {
  /** With every change that was answered before the call; read it after the card. */
  readonly readCatalog: (scope: Scope) => Promise<Catalog>;
}

export interface Found {
  readonly card: Card;
  readonly subscription: Subscription;
}

const maxLineItems = 500;

/** Throws ApiError when it has more line items than a subscription may have. */
export const checkSize = (subscription: Subscription): Subscription => {
  if (subscription.lineItems.length <= maxLineItems) return subscription;
  throw new ApiError('invalid_operation', `A subscription may have at most ${String(maxLineItems)} line items`);
};

const pick = (card: Card, isMeant: (subscription: Subscription) => boolean): Subscription | undefined =>
  card.subscriptions.find((subscription) => subscription.status === 'published' && isMeant(subscription));

/** The subscription that `isMeant`, on the card that `id` (its own, or one of its parts) points to. `field`: of the body that names it. */
export const findSubscription = async (
  deps: CardDeps,
  scope: Scope,
  id: string,
  what: string,
  isMeant: (subscription: Subscription) => boolean,
  field?: string,
): Promise<Found> => {
  const card = await findCard(deps, scope, id, (found) => pick(found, isMeant) !== undefined);
  const subscription = card && pick(card, isMeant);
  if (!card || !subscription) throw notFound(what, field);
  return { card, subscription };
};

const entityOfItem = (index: number): string => `items[${String(index)}].entity_id`;

/**
 * The subscriptions that own some of the `items` of a body. Throws ApiError, so that nothing is made for one that is not there;
 * `fieldOf`: what names the owner of an item.
 */
export const findOwners = async (
  deps: CardDeps,
  scope: Scope,
  items: readonly { readonly entityType: string; readonly entityId: string }[],
  fieldOf = entityOfItem,
): Promise<readonly Subscription[]> => {
  const fields = new Map<string, string>();
  for (const [index, { entityType, entityId }] of items.entries()) {
    if (entityType !== 'SUBSCRIPTION' || fields.has(entityId)) continue;
    fields.set(entityId, fieldOf(index));
  }
  const found = await Promise.all(
    [...fields].map(([id, field]) => findSubscription(deps, scope, id, 'Subscription', (one) => one.id === id, field)),
  );
  return found.map(({ subscription }) => subscription);
};

/** Applies `change` to the subscription as it is when it is written, and notes it in the history. */
export const changeSubscription = async (
  deps: CardDeps,
  scope: Scope,
  found: Found,
  { at, by }: Change,
  change: (subscription: Subscription) => Subscription,
): Promise<Found> => {
  const isMeant = ({ id }: Subscription): boolean => id === found.subscription.id;
  const card = await changeCard(deps, scope, found.card, (present) => ({
    ...present,
    subscriptions: present.subscriptions.map((subscription) =>
      isMeant(subscription) ? recordChanges(subscription, checkSize(change(subscription)), at, by) : subscription,
    ),
  }));
  const subscription = pick(card, isMeant);
  if (!subscription) throw notFound('Subscription');
  return { card, subscription };
};
