// Bodies of customers.
import * as v from 'valibot';
import { type BodyOf, EntityBodySchema, metadata } from './body.ts';

export const CustomerBodySchema = v.object({
  id: v.string(),
  external_id: v.pipe(
    v.string(),
    v.description('The value that events send as `external_customer_id`. It never changes.'),
  ),
  name: v.string(),
  email: v.string(),
  contact: v.string(),
  address_line1: v.string(),
  address_line2: v.string(),
  address_city: v.string(),
  address_state: v.string(),
  address_postal_code: v.string(),
  address_country: v.pipe(v.string(), v.description('ISO 3166-1 alpha-2, or empty.')),
  timezone: v.pipe(v.string(), v.description('IANA name of a time zone.')),
  metadata,
  ...EntityBodySchema.entries,
});
export type CustomerBody = BodyOf<typeof CustomerBodySchema>;
