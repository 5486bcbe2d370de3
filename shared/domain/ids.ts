// The scope, which owns data, and the prefixes of generated ids.

/** Tenant and environment: each 1 to 64 characters of [A-Za-z0-9_-]. Every stored key starts with the scope. */
export interface Scope {
  readonly tenantId: string;
  readonly environmentId: string;
}

/** Returns the scope as one string; ids contain no full stop, so it is unique. */
export const scopeKey = (scope: Scope): string => `${scope.tenantId}.${scope.environmentId}`;

/** The part before `_<ULID>` of each generated id. */
const idPrefix = {
  apiKey: 'secret',
  customer: 'cust',
  entitlement: 'ent',
  event: 'event',
  feature: 'feat',
  invoice: 'inv',
  invoiceLine: 'inv_line',
  lineItem: 'subs_line',
  meter: 'meter',
  plan: 'plan',
  price: 'price',
  priceUnit: 'price_unit',
  subscription: 'subs',
  timeBucket: 'bucket',
} as const;

export type IdKind = keyof typeof idPrefix;

/** Returns the id of a new entity from a fresh ULID: `cust_01J…`. */
export const idFromUlid = (kind: IdKind, ulid: string): string => `${idPrefix[kind]}_${ulid}`;
