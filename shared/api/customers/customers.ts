// Schemas and conversions of customers.
import * as v from 'valibot';
import { resolveTimeZone } from '../../domain/time/civil-time.ts';
import type { Customer } from '../../domain/subscriptions/customer.ts';
import type { Scope } from '../../domain/ids.ts';
import type { CustomerBody } from '../bodies/customers.ts';
import { described } from '../http/described.ts';
import { toEntityBody } from '../entities/entity-body.ts';
import { closedObject } from '../http/known-fields.ts';
import {
  ignoredField,
  metadataSchema,
  refusedField,
  requiredShortText,
  requiredTextSchema,
  shortText,
} from '../http/primitives.ts';
import type { ListSpec } from '../entities/lists.ts';

const externalIdBytes = 512;

const matching = (most: number, pattern: RegExp, rule: string) =>
  v.pipe(
    shortText(most),
    described(
      v.check((text: string) => text === '' || pattern.test(text), rule),
      { pattern: `^$|${pattern.source}` },
    ),
  );

const optionalEntries = {
  email: v.nullish(matching(255, /^[^\s@]+@[^\s@]+$/, 'must be an email address')),
  contact: v.nullish(shortText(20)),
  address_line1: v.nullish(shortText(255)),
  address_line2: v.nullish(shortText(255)),
  address_city: v.nullish(shortText(100)),
  address_state: v.nullish(shortText(100)),
  address_postal_code: v.nullish(shortText(20)),
  address_country: v.nullish(matching(2, /^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code')),
  timezone: v.nullish(
    v.pipe(
      shortText(64),
      v.check((name) => name === '' || resolveTimeZone(name) !== undefined, 'must be an IANA time zone'),
    ),
  ),
  metadata: v.nullish(metadataSchema),
  billing_currency: refusedField('is not supported: a customer is billed in the currency of its subscription'),
  contact_persons: refusedField('is not supported: use contact, or metadata'),
  skip_onboarding_workflow: ignoredField('There is no onboarding workflow.'),
  tax_rate_overrides: refusedField(),
  tax_treatment: refusedField('is not supported: no taxes are computed'),
  integration_entity_mapping: refusedField(),
  onboarding_workflow_name: refusedField(),
  parent_customer_external_id: refusedField(),
  parent_customer_id: refusedField(),
};

export const createCustomerSchema = v.object({
  external_id: requiredTextSchema(externalIdBytes),
  name: requiredShortText(255),
  ...optionalEntries,
});

export const updateCustomerSchema = v.object({
  external_id: v.nullish(requiredTextSchema(externalIdBytes)),
  name: v.nullish(requiredShortText(255)),
  ...optionalEntries,
});

/** Query that names the customer to change. */
export const updatedCustomerSchema = closedObject({
  id: v.nullish(v.string(), ''),
  external_customer_id: v.nullish(v.string(), ''),
});

type SentFields = v.InferOutput<typeof updateCustomerSchema>;
export type CustomerFields = Omit<
  Customer,
  'id' | 'externalId' | 'status' | 'createdAt' | 'updatedAt' | 'createdBy' | 'updatedBy'
>;

export const noCustomerFields: CustomerFields = {
  name: '',
  email: '',
  contact: '',
  addressLine1: '',
  addressLine2: '',
  addressCity: '',
  addressState: '',
  addressPostalCode: '',
  addressCountry: '',
  timezone: 'UTC',
  metadata: {},
};

/** Applies the sent fields to the current ones, except the external id. */
export const toCustomerFields = (sent: SentFields, before: CustomerFields): CustomerFields => ({
  name: sent.name ?? before.name,
  email: sent.email ?? before.email,
  contact: sent.contact ?? before.contact,
  addressLine1: sent.address_line1 ?? before.addressLine1,
  addressLine2: sent.address_line2 ?? before.addressLine2,
  addressCity: sent.address_city ?? before.addressCity,
  addressState: sent.address_state ?? before.addressState,
  addressPostalCode: sent.address_postal_code ?? before.addressPostalCode,
  addressCountry: sent.address_country ?? before.addressCountry,
  timezone: sent.timezone === '' ? 'UTC' : (sent.timezone ?? before.timezone),
  metadata: sent.metadata ?? before.metadata,
});

export const toCustomerBody = (scope: Scope, customer: Customer): CustomerBody => ({
  id: customer.id,
  external_id: customer.externalId,
  name: customer.name,
  email: customer.email,
  contact: customer.contact,
  address_line1: customer.addressLine1,
  address_line2: customer.addressLine2,
  address_city: customer.addressCity,
  address_state: customer.addressState,
  address_postal_code: customer.addressPostalCode,
  address_country: customer.addressCountry,
  timezone: customer.timezone,
  metadata: customer.metadata,
  ...toEntityBody(scope, customer),
});

export const customerListSpec: ListSpec = {
  fields: {
    id: 'text',
    external_id: 'text',
    name: 'text',
    email: 'text',
    contact: 'text',
    address_city: 'text',
    address_state: 'text',
    address_country: 'text',
    timezone: 'text',
    status: 'text',
    updated_at: 'time',
  },
  parameters: {
    customer_ids: { field: 'id', operator: 'in' },
    external_id: { field: 'external_id', operator: 'eq' },
    external_ids: { field: 'external_id', operator: 'in' },
    lookup_key: { field: 'external_id', operator: 'eq' },
    email: { field: 'email', operator: 'eq' },
    // No customer has one.
    parent_customer_ids: { field: 'parent_customer_id', operator: 'in' },
    name: { field: 'name', operator: 'contains' },
  },
  flags: [],
  maps: ['metadata'],
  statuses: ['published'],
};
