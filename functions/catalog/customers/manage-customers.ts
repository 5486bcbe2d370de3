// Customers: pointer, directory row and similar name come before the account, and count only once the account is there and carries the id.
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
import type { Account, Subscription } from '../../../shared/domain/subscriptions/subscription.ts';
import { subscriptionStatusAt } from '../../../shared/domain/subscriptions/subscription-period.ts';
import type { SimilarNameStore } from '../../../shared/store/catalog/similar-names.ts';
import {
  type AccountDeps,
  changeAccount,
  findCustomerAccount,
  listAccounts,
  namedCustomers,
  namedValues,
  notFound,
} from '../changes/find-accounts.ts';

export interface CustomerDeps extends AccountDeps {
  readonly similarNames: SimilarNameStore;
}

const isLiveAt = (subscription: Subscription, at: number): boolean =>
  !['draft', 'cancelled'].includes(subscriptionStatusAt(subscription, at));

const alreadyExists = (): ApiError => new ApiError('already_exists', 'A customer with this identifier already exists');

export const manageCustomers = (deps: CustomerDeps) => {
  const { accounts, pointers, directory, similarNames, newUlid, now } = deps;

  const accountOfCustomer = (scope: Scope, id: string): Promise<Account> =>
    findCustomerAccount(deps, scope, id, 'GET /v1/customers/external/{external_id}');
  const accountToUpdate = (scope: Scope, id: string): Promise<Account> =>
    findCustomerAccount(deps, scope, id, 'PUT /v1/customers?external_customer_id=…');

  const accountOfExternalId = async (scope: Scope, externalId: string): Promise<Account> => {
    const account = await accounts.read(scope, externalId);
    if (account === undefined) throw notFound('Customer');
    return account;
  };

  const createCustomer: RouteHandler = async ({ caller: { scope, keyId }, body }) => {
    const { external_id: externalId, ...sent } = parseBody(createCustomerSchema, body);
    if ((await accounts.read(scope, externalId)) !== undefined) throw alreadyExists();
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
      similarNames.record(scope, 'CUSTOMER', externalId),
    ]);
    switch (await accounts.create(scope, customer)) {
      case 'created':
        return { status: 201, body: toCustomerBody(scope, customer) };
      case 'taken':
        throw alreadyExists();
      case 'too_large':
        throw new ApiError('invalid_operation', 'A customer may take at most 300 KB');
    }
  };

  const update = async ({ caller: { scope, keyId }, body }: ApiRequest, found: Account) => {
    const { external_id: externalId, ...sent } = parseBody(updateCustomerSchema, body);
    if (typeof externalId === 'string' && externalId !== found.customer.externalId) {
      throw new ApiError('invalid_operation', 'external_id never changes', { external_id: 'cannot be changed' });
    }
    const { customer } = await changeAccount(deps, scope, found, (account) => ({
      ...account,
      customer: {
        ...account.customer,
        ...toCustomerFields(sent, account.customer),
        updatedAt: now(),
        updatedBy: keyId,
      },
    }));
    return { status: 200, body: toCustomerBody(scope, customer) };
  };

  const updateCustomerByQuery: RouteHandler = async (request) => {
    const { scope } = request.caller;
    const { id, external_customer_id: externalId } = parseQuery(updatedCustomerSchema, lastValues(request.query));
    if (id) return update(request, await accountToUpdate(scope, id));
    if (externalId) return update(request, await accountOfExternalId(scope, externalId));
    throw validationError(new Map([['id', 'required, or external_customer_id']]));
  };

  const deleteCustomer: RouteHandler = async ({ caller: { scope, keyId }, path }) => {
    await changeAccount(deps, scope, await accountOfCustomer(scope, path['id'] ?? ''), (account) => {
      const at = now();
      if (account.subscriptions.some((subscription) => isLiveAt(subscription, at))) {
        throw new ApiError('invalid_operation', 'A customer with a live subscription cannot be deleted');
      }
      return { ...account, customer: { ...account.customer, status: 'deleted', updatedAt: at, updatedBy: keyId } };
    });
    return { status: 204 };
  };

  const show =
    (find: (scope: Scope, key: string) => Promise<Account>, parameter: string): RouteHandler =>
    async ({ caller: { scope }, path }) => {
      const { customer } = await find(scope, path[parameter] ?? '');
      return { status: 200, body: toCustomerBody(scope, customer) };
    };

  const list = async (scope: Scope, request: ListRequest) => {
    const found = await listAccounts(deps, scope, 'CUSTOMER', {
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
    getCustomerByExternalId: show(accountOfExternalId, 'external_id'),
    getCustomerByLookupKey: show(accountOfExternalId, 'lookup_key'),
    getCustomer: show(accountOfCustomer, 'id'),
    updateCustomer: async (request) =>
      update(request, await accountToUpdate(request.caller.scope, request.path['id'] ?? '')),
    deleteCustomer,
  } satisfies Record<string, RouteHandler>;
};
