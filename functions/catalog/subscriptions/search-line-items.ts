// Searches the line items of all subscriptions, through their customers' accounts.
import { lineItemListSpec } from '../../../shared/api/subscriptions/line-item-lists.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { momentsOf, searchSchema } from '../../../shared/api/entities/lists.ts';
import { parseBody } from '../../../shared/api/http/parse-request.ts';
import type { LineItem } from '../../../shared/domain/subscriptions/line-item.ts';
import type { Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import type { Handler } from '../changes/catalog-changes.ts';
import { listAccounts, namedCustomers, namedValues } from '../changes/find-accounts.ts';
import { expandedItem, plainItem } from './subscription-bodies.ts';
import type { SubscriptionDeps } from '../changes/change-subscription.ts';

const expandable = ['price', 'prices', 'meter', 'meters'];

export const searchLineItems: Handler<SubscriptionDeps> = async (deps, { caller: { scope }, body }) => {
  const { moments, rest: request } = momentsOf(parseBody(searchSchema(lineItemListSpec), body), 'current_period_start');
  const goesOnAt = moments.length === 0 && request.flags.has('active_filter') ? [deps.now()] : moments;
  const customers = await namedCustomers(deps, scope, request, 'customer_id');
  const ids = namedValues(request, 'id') ?? namedValues(request, 'subscription_id') ?? customers;
  const accounts = await listAccounts(deps, scope, 'SUBSCRIPTION', { ids });
  const catalog = await deps.readCatalog(scope);
  const found = new Map<string, { readonly subscription: Subscription; readonly item: LineItem }>();
  for (const subscription of accounts.flatMap(({ subscriptions }) => subscriptions)) {
    if (subscription.status !== 'published') continue;
    for (const item of subscription.lineItems) {
      if (goesOnAt.every((at) => item.endDate === undefined || item.endDate > at)) {
        found.set(item.id, { subscription, item });
      }
    }
  }
  const bodies = Array.from(found.values(), ({ subscription, item }) => plainItem(scope, catalog, subscription, item));
  const page = toListBody(bodies, request);
  const isExpanded = expandable.some((name) => request.expand.has(name));
  const items = page.items.map((plain) => {
    const one = isExpanded ? found.get(plain.id) : undefined;
    return one ? expandedItem(scope, catalog, one.subscription, one.item) : plain;
  });
  return { status: 200, body: { ...page, items } };
};
