// Explains why an id finds no customer: often it is the external id of one.
import type { Customer } from '../../domain/subscriptions/customer.ts';
import { ApiError, validationError } from '../http/problem.ts';

type Ids = Pick<Customer, 'id' | 'externalId'>;

/** Explains a mistaken external id; `instead`: what accepts external ids, if anything does. */
const mixUp = ({ id, externalId }: Ids, instead?: string): string => {
  const way = instead === undefined ? 'only ids are valid here' : `for external ids use ${instead}`;
  return `${JSON.stringify(externalId)} is the external id of ${id}; ${way}`;
};

/** Creates the error. `mistaken`: the customer whose external id was sent as an id. `field`: the field of the body that names the customer. */
export const customerNotFound = (mistaken: Ids | undefined, instead: string, field?: string): ApiError =>
  new ApiError(
    'not_found',
    mistaken ? `Customer not found: ${mixUp(mistaken, instead)}` : 'Customer not found',
    field === undefined ? {} : { [field]: 'not found' },
  );

/** Creates the error for a list whose `field` filters by a customer's id. */
export const externalIdAsId = (mistaken: Ids, field: string, instead?: string): ApiError =>
  validationError(new Map([[field, mixUp(mistaken, instead)]]));
