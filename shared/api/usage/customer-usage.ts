// Parses requests for the usage of a customer.
import * as v from 'valibot';
import { closedObject } from '../http/known-fields.ts';
import { lastValues, parseQuery, type Query, splitValues } from '../http/parse-request.ts';
import { arraySchema, textSchema } from '../http/primitives.ts';
import { validationError } from '../http/problem.ts';

const texts = v.nullish(arraySchema(textSchema(512), 0, 100), []);
export const CustomerUsageQuerySchema = closedObject({
  customer_id: v.nullish(textSchema(64), ''),
  customer_lookup_key: v.nullish(textSchema(512), ''),
  feature_ids: texts,
  feature_lookup_keys: texts,
  subscription_ids: texts,
});

export interface CustomerUsageRequest {
  readonly customer: { readonly id: string } | { readonly externalId: string };
  /** Empty: every feature, and every subscription. */
  readonly featureIds: ReadonlySet<string>;
  readonly featureLookupKeys: ReadonlySet<string>;
  readonly subscriptionIds: ReadonlySet<string>;
}

/** Parses a request; `pathId`: the customer's id, if the path has it. Throws ApiError `validation_error`. */
export const parseCustomerUsage = (
  { customer_id: ids = [], customer_lookup_key: keys = [], ...lists }: Query,
  pathId?: string,
): CustomerUsageRequest => {
  const singles = lastValues({ customer_id: ids, customer_lookup_key: keys });
  const sent = parseQuery(CustomerUsageQuerySchema, { ...splitValues(lists), ...singles });
  const id = pathId ?? sent.customer_id;
  if (id === '' && sent.customer_lookup_key === '') {
    throw validationError(new Map([['customer_id', 'required, or customer_lookup_key']]));
  }
  return {
    customer: id === '' ? { externalId: sent.customer_lookup_key } : { id },
    featureIds: new Set(sent.feature_ids),
    featureLookupKeys: new Set(sent.feature_lookup_keys),
    subscriptionIds: new Set(sent.subscription_ids),
  };
};
