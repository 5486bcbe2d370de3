// Customers. Pointer, directory row and similar name are written before the account, and count only once the account is there
// and contains the id.
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
import type { Handler } from '../changes/catalog-changes.ts';
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

const accountOfCustomer = (deps: AccountDeps, scope: Scope, id: string): Promise<Account> =>
  findCustomerAccount(deps, scope, id, 'GET /v1/customers/external/{external_id}');
const accountToUpdate = (deps: AccountDeps, scope: Scope, id: string): Promise<Account> =>
  findCustomerAccount(deps, scope, id, 'PUT /v1/customers?external_customer_id=…');

const accountOfExternalId = async ({ accounts }: AccountDeps, scope: Scope, externalId: string): Promise<Account> => {
  const account = await accounts.read(scope, externalId);
  if (account === undefined) throw notFound('Customer');
  return account;
};

const createCustomer: Handler<CustomerDeps> = async (deps, { caller: { scope, keyId }, body }) => {
  const { accounts, pointers, directory, similarNames } = deps;
  const { external_id: externalId, ...sent } = parseBody(createCustomerSchema, body);
  if ((await accounts.read(scope, externalId)) !== undefined) throw alreadyExists();
  const at = deps.now();
  const customer: Customer = {
    ...toCustomerFields(sent, noCustomerFields),
    id: idFromUlid('customer', deps.newUlid()),
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

const update = async (deps: AccountDeps, { caller: { scope, keyId }, body }: ApiRequest, found: Account) => {
  const { external_id: externalId, ...sent } = parseBody(updateCustomerSchema, body);
  if (typeof externalId === 'string' && externalId !== found.customer.externalId) {
    throw new ApiError('invalid_operation', 'external_id never changes', { external_id: 'cannot be changed' });
  }
  const { customer } = await changeAccount(deps, scope, found, (account) => ({
    ...account,
    customer: {
      ...account.customer,
      ...toCustomerFields(sent, account.customer),
      updatedAt: deps.now(),
      updatedBy: keyId,
    },
  }));
  return { status: 200, body: toCustomerBody(scope, customer) };
};

const updateCustomerByQuery: Handler<AccountDeps> = async (deps, request) => {
  const { scope } = request.caller;
  const { id, external_customer_id: externalId } = parseQuery(updatedCustomerSchema, lastValues(request.query));
  if (id) return update(deps, request, await accountToUpdate(deps, scope, id));
  if (externalId) return update(deps, request, await accountOfExternalId(deps, scope, externalId));
  throw validationError(new Map([['id', 'required, or external_customer_id']]));
};

const deleteCustomer: Handler<AccountDeps> = async (deps, { caller: { scope, keyId }, path }) => {
  await changeAccount(deps, scope, await accountOfCustomer(deps, scope, path['id'] ?? ''), (account) => {
    const at = deps.now();
    if (account.subscriptions.some((subscription) => isLiveAt(subscription, at))) {
      throw new ApiError('invalid_operation', 'A customer with a live subscription cannot be deleted');
    }
    return { ...account, customer: { ...account.customer, status: 'deleted', updatedAt: at, updatedBy: keyId } };
  });
  return { status: 204 };
};

const show =
  (find: typeof accountOfCustomer, parameter: string): Handler<AccountDeps> =>
  async (deps, { caller: { scope }, path }) => {
    const { customer } = await find(deps, scope, path[parameter] ?? '');
    return { status: 200, body: toCustomerBody(scope, customer) };
  };

const list = async (deps: AccountDeps, scope: Scope, request: ListRequest) => {
  const found = await listAccounts(deps, scope, 'CUSTOMER', {
    ids: await namedCustomers(deps, scope, request, 'id', 'external_ids'),
    externalIds: namedValues(request, 'external_id'),
  });
  const bodies = found.map(({ customer }) => toCustomerBody(scope, customer));
  return { status: 200, body: toListBody(bodies, request) };
};

const getCustomer = show(accountOfCustomer, 'id');
const getCustomerByExternalId = show(accountOfExternalId, 'external_id');
const getCustomerByLookupKey = show(accountOfExternalId, 'lookup_key');

const updateCustomer: Handler<AccountDeps> = async (deps, request) =>
  update(deps, request, await accountToUpdate(deps, request.caller.scope, request.path['id'] ?? ''));

export const manageCustomers = (deps: CustomerDeps) =>
  ({
    createCustomer: (request) => createCustomer(deps, request),
    listCustomers: ({ caller, query }) =>
      list(deps, caller.scope, parseQuery(listQuerySchema(customerListSpec), query)),
    searchCustomers: ({ caller, body }) => list(deps, caller.scope, parseBody(searchSchema(customerListSpec), body)),
    updateCustomerByQuery: (request) => updateCustomerByQuery(deps, request),
    getCustomerByExternalId: (request) => getCustomerByExternalId(deps, request),
    getCustomerByLookupKey: (request) => getCustomerByLookupKey(deps, request),
    getCustomer: (request) => getCustomer(deps, request),
    updateCustomer: (request) => updateCustomer(deps, request),
    deleteCustomer: (request) => deleteCustomer(deps, request),
  }) satisfies Record<string, RouteHandler>;
