// Finds customers and changes their accounts, for the routes of customers, subscriptions and line items.
import { customerNotFound, externalIdAsId } from '../../../shared/api/customers/customer-not-found.ts';
import type { FilterCondition } from '../../../shared/api/entities/list-filters.ts';
import type { ListRequest } from '../../../shared/api/entities/lists.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { Account } from '../../../shared/domain/subscriptions/subscription.ts';
import type { AccountStore } from '../../../shared/store/customers/accounts.ts';
import type { DirectoryStore, DirectoryType } from '../../../shared/store/customers/directory.ts';
import type { PointerStore } from '../../../shared/store/customers/pointers.ts';

export interface AccountDeps {
  readonly accounts: AccountStore;
  readonly pointers: PointerStore;
  readonly directory: DirectoryStore;
  readonly newUlid: () => string;
  /** UTC milliseconds. */
  readonly now: () => number;
}

/** Rows that a list reads at most; up to here totals are exact. */
const listedRows = 10_000;

/** Creates the error `not_found`. `field`: the field of the body with the id, if it is in the body. */
export const notFound = (what: string, field?: string): ApiError =>
  new ApiError('not_found', `${what} not found`, field === undefined ? {} : { [field]: 'not found' });

/** Finds the live account that an id points to, if `isMeant` says that the account still contains it. */
export const findAccount = async (
  { accounts, pointers }: AccountDeps,
  scope: Scope,
  id: string,
  isMeant: (account: Account) => boolean,
): Promise<Account | undefined> => {
  const externalId = await pointers.find(scope, id);
  const account = externalId === undefined ? undefined : await accounts.read(scope, externalId);
  return account && isMeant(account) ? account : undefined;
};

const isCustomer =
  (id: string) =>
  ({ customer }: Account): boolean =>
    customer.id === id;

/** Finds the account of a customer. Throws ApiError, which names `instead` where an external id was sent for an id. */
export const findCustomerAccount = async (
  deps: AccountDeps,
  scope: Scope,
  id: string,
  instead: string,
  field?: string,
): Promise<Account> => {
  const account = await findAccount(deps, scope, id, isCustomer(id));
  if (account === undefined) throw customerNotFound((await deps.accounts.read(scope, id))?.customer, instead, field);
  return account;
};

/** Changes the account of this customer; throws ApiError when it is gone or would become too large. */
export const changeAccount = async (
  { accounts, newUlid }: AccountDeps,
  scope: Scope,
  { customer: { id, externalId } }: Account,
  change: (account: Account) => Account | Promise<Account>,
): Promise<Account> => {
  const outcome = await accounts.change(scope, externalId, newUlid(), (account) => {
    if (account.customer.id !== id) throw notFound('Customer');
    return change(account);
  });
  switch (outcome.kind) {
    case 'changed':
      return outcome.account;
    case 'missing':
      throw notFound('Customer');
    case 'too_large':
      throw new ApiError('invalid_operation', 'A customer with all its subscriptions may take at most 300 KB');
  }
};

const namesOf = ({ conditions }: ListRequest, field: string): readonly FilterCondition[] =>
  conditions.filter((one) => one.field === field && (one.operator === 'eq' || one.operator === 'in'));

/** Returns the values that a request names for a field, if any; things found by them are not looked up in the directory. */
export const namedValues = (request: ListRequest, field: string): readonly string[] | undefined =>
  namesOf(request, field)[0]?.operands;

/** Criteria of a list; without any, all accounts are listed. */
export interface Wanted {
  /** External ids of customers. */
  readonly externalIds?: readonly string[] | undefined;
  /** Ids of anything that accounts contain. */
  readonly ids?: readonly string[] | undefined;
}

/** Lists the accounts that may contain what is wanted: by external ids, by ids, or by the newest rows of the directory. */
export const listAccounts = async (
  { accounts, pointers, directory }: AccountDeps,
  scope: Scope,
  type: Exclude<DirectoryType, 'API_KEY'>,
  { ids, externalIds }: Wanted,
): Promise<readonly Account[]> => {
  const places = async (): Promise<Iterable<string>> => {
    if (externalIds) return externalIds;
    if (ids) return (await pointers.findMany(scope, ids)).values();
    return (await directory.list(scope, type, listedRows)).map(({ place }) => place);
  };
  return [...(await accounts.readMany(scope, [...(await places())])).values()];
};

/**
 * Returns the ids of customers that a request names in `field`, if any. `instead`: the parameter for external ids, if there is
 * one. Throws ApiError `validation_error` for an external id in place of an id.
 */
export const namedCustomers = async (
  { accounts, pointers }: AccountDeps,
  scope: Scope,
  request: ListRequest,
  field: string,
  instead?: string,
): Promise<readonly string[] | undefined> => {
  for (const { operands, sentAs = field } of namesOf(request, field)) {
    const places = await pointers.findMany(scope, operands);
    const unknown = operands.filter((id) => !places.has(id));
    const [mistaken] = unknown.length > 0 ? (await accounts.readMany(scope, unknown)).values() : [];
    if (mistaken) throw externalIdAsId(mistaken.customer, sentAs, instead);
  }
  return namedValues(request, field);
};
