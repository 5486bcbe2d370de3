// Why an id finds no customer: often it is the external id of one.
import type { Customer } from '../../domain/subscriptions/customer.ts';
import { ApiError, validationError } from '../http/problem.ts';

type Ids = Pick<Customer, 'id' | 'externalId'>;

/** `instead`: what takes external ids, if anything does. */
const mixUp = ({ id, externalId }: Ids, instead?: string): string => {
  const way = instead === undefined ? 'only ids are taken here' : `external ids go to ${instead}`;
  return `${JSON.stringify(externalId)} is the external id of ${id}; ${way}`;
};

/** `mistaken`: the customer whose external id was sent as an id. `field`: of the body, where it names the customer. */
export const customerNotFound = (mistaken: Ids | undefined, instead: string, field?: string): ApiError =>
  new ApiError(
    'not_found',
    mistaken ? `Customer not found: ${mixUp(mistaken, instead)}` : 'Customer not found',
    field === undefined ? {} : { [field]: 'not found' },
  );

/** Of a list that is asked for by a customer's id, in `field`. */
export const externalIdAsId = (mistaken: Ids, field: string, instead?: string): ApiError =>
  validationError(new Map([[field, mixUp(mistaken, instead)]]));
