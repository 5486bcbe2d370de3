// Customers: pointer, directory row and near name come before the card, and count only once the card is there and carries the id.
import {
  createCustomerSchema,
  customerListSpec,
  noCustomerFields,
  toCustomerBody,
  toCustomerFields,
  updateCustomerSchema,
  updatedCustomerSchema,
} from '../../../shared/api/customers/customers.ts';
import type { ApiRequest, RouteHandler } from '../../../shared/api/http/exchange.ts';
import { toListBody } from '../../../shared/api/entities/list-page.ts';
import { type ListRequest, listQuerySchema, searchSchema } from '../../../shared/api/entities/lists.ts';
import { lastValues, parseBody, parseQuery } from '../../../shared/api/http/parse-request.ts';
import { ApiError, validationError } from '../../../shared/api/http/problem.ts';
import type { Customer } from '../../../shared/domain/subscriptions/customer.ts';
import { idFromUlid, type Scope } from '../../../shared/domain/ids.ts';
import type { Card, Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { subscriptionStatusAt } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { NearNameStore } from '../../../shared/store/catalog/near-names.ts';
import {
  type CardDeps,
  changeCard,
  findCustomerCard,
  listCards,
  namedCustomers,
  namedValues,
  notFound,
} from '../changes/find-accounts.ts';

export interface CustomerDeps extends CardDeps {
  readonly nearNames: NearNameStore;
}

const isLiveAt = (subscription: Subscription, at: number): boolean =>
  !['draft', 'cancelled'].includes(subscriptionStatusAt(subscription, at));

const alreadyExists = (): ApiError => new ApiError('already_exists', 'A customer with this identifier already exists');

export const manageCustomers = (deps: CustomerDeps) => {
  const { cards, pointers, directory, nearNames, newUlid, now } = deps;

  const cardOfCustomer = (scope: Scope, id: string): Promise<Card> =>
    findCustomerCard(deps, scope, id, 'GET /v1/customers/external/{external_id}');
  const cardToUpdate = (scope: Scope, id: string): Promise<Card> =>
    findCustomerCard(deps, scope, id, 'PUT /v1/customers?external_customer_id=…');

  const cardOfExternalId = async (scope: Scope, externalId: string): Promise<Card> => {
    const card = await cards.read(scope, externalId);
    if (card === undefined) throw notFound('Customer');
    return card;
  };

  const createCustomer: RouteHandler = async ({ caller: { scope, keyId }, body }) => {
    const { external_id: externalId, ...sent } = parseBody(createCustomerSchema, body);
    if ((await cards.read(scope, externalId)) !== undefined) throw alreadyExists();
    const at = now();
    const customer: Customer = {
      ...toCustomerFields(sent, noCustomerFields),
      id: idFromUlid('customer', newUlid()),
      externalId,
      status: 'published',
      createdAt: at,
      updatedAt: at,
      createdBy: keyId,
      updatedBy: keyId,
    };
    await Promise.all([
      pointers.record(scope, [customer.id], externalId),
      directory.record(scope, 'CUSTOMER', { id: customer.id, place: externalId }),
      nearNames.record(scope, 'CUSTOMER', externalId),
    ]);
    switch (await cards.create(scope, customer)) {
      case 'created':
        return { status: 201, body: toCustomerBody(scope, customer) };
      case 'taken':
        throw alreadyExists();
      case 'too_large':
        throw new ApiError('invalid_operation', 'A customer may take at most 300 KB');
    }
  };

  const update = async ({ caller: { scope, keyId }, body }: ApiRequest, found: Card) => {
    const { external_id: externalId, ...sent } = parseBody(updateCustomerSchema, body);
    if (typeof externalId === 'string' && externalId !== found.customer.externalId) {
      throw new ApiError('invalid_operation', 'external_id never changes', { external_id: 'cannot be changed' });
    }
    const { customer } = await changeCard(deps, scope, found, (card) => ({
      ...card,
      customer: { ...card.customer, ...toCustomerFields(sent, card.customer), updatedAt: now(), updatedBy: keyId },
    }));
    return { status: 200, body: toCustomerBody(scope, customer) };
  };

  const updateCustomerByQuery: RouteHandler = async (request) => {
    const { scope } = request.caller;
    const { id, external_customer_id: externalId } = parseQuery(updatedCustomerSchema, lastValues(request.query));
    if (id) return update(request, await cardToUpdate(scope, id));
    if (externalId) return update(request, await cardOfExternalId(scope, externalId));
    throw validationError(new Map([['id', 'required, or external_customer_id']]));
  };

  const deleteCustomer: RouteHandler = async ({ caller: { scope, keyId }, path }) => {
    await changeCard(deps, scope, await cardOfCustomer(scope, path['id'] ?? ''), (card) => {
      const at = now();
      if (card.subscriptions.some((subscription) => isLiveAt(subscription, at))) {
        throw new ApiError('invalid_operation', 'A customer with a live subscription cannot be deleted');
      }
      return { ...card, customer: { ...card.customer, status: 'deleted', updatedAt: at, updatedBy: keyId } };
    });
    return { status: 204 };
  };

  const show =
    (find: (scope: Scope, key: string) => Promise<Card>, parameter: string): RouteHandler =>
    async ({ caller: { scope }, path }) => {
      const { customer } = await find(scope, path[parameter] ?? '');
      return { status: 200, body: toCustomerBody(scope, customer) };
    };

  const list = async (scope: Scope, request: ListRequest) => {
    const found = await listCards(deps, scope, 'CUSTOMER', {
      ids: await namedCustomers(deps, scope, request, 'id', 'external_ids'),
      externalIds: namedValues(request, 'external_id'),
    });
    const bodies = found.map(({ customer }) => toCustomerBody(scope, customer));
    return { status: 200, body: toListBody(bodies, request) };
  };

  return {
    createCustomer,
    listCustomers: ({ caller, query }) => list(caller.scope, parseQuery(listQuerySchema(customerListSpec), query)),
    searchCustomers: ({ caller, body }) => list(caller.scope, parseBody(searchSchema(customerListSpec), body)),
    updateCustomerByQuery,
    getCustomerByExternalId: show(cardOfExternalId, 'external_id'),
    getCustomerByLookupKey: show(cardOfExternalId, 'lookup_key'),
    getCustomer: show(cardOfCustomer, 'id'),
    updateCustomer: async (request) =>
      update(request, await cardToUpdate(request.caller.scope, request.path['id'] ?? '')),
    deleteCustomer,
  } satisfies Record<string, RouteHandler>;
};
