// The fields of a customer.
import type { FieldSpec, FormSection } from '../../forms/field-spec.ts';

const details: readonly FieldSpec[] = [
  { kind: 'text', path: 'email', label: 'Email' },
  { kind: 'text', path: 'contact', label: 'Phone' },
  { kind: 'text', path: 'address_line1', label: 'Address, first line' },
  { kind: 'text', path: 'address_line2', label: 'Address, second line' },
  { kind: 'text', path: 'address_postal_code', label: 'Postal code' },
  { kind: 'text', path: 'address_city', label: 'City' },
  { kind: 'text', path: 'address_state', label: 'State' },
  { kind: 'text', path: 'address_country', label: 'Country', note: 'Two letters, such as US or DE.' },
];
const name: FieldSpec = { kind: 'text', path: 'name', label: 'Name', isRequired: true };
const timezone: FieldSpec = {
  kind: 'suggest',
  source: 'timezones',
  path: 'timezone',
  label: 'Time zone',
  note: 'Billing periods of its later subscriptions follow it. Empty: UTC.',
};
const metadata: FieldSpec = { kind: 'metadata', path: 'metadata', label: 'Metadata' };

export const newCustomerSections: readonly FormSection[] = [
  {
    title: 'Customer',
    fields: [
      {
        kind: 'text',
        path: 'external_id',
        label: 'External id',
        isMono: true,
        isRequired: true,
        note: 'Events name the customer by it, as external_customer_id: letter by letter, in the same case. It never changes.',
      },
      name,
      timezone,
    ],
  },
  { title: 'Contact and address', isFolded: true, fields: details },
  { title: 'Metadata', isFolded: true, fields: [metadata] },
];

export const changedCustomerSections: readonly FormSection[] = [
  { title: 'Customer', fields: [name, timezone] },
  { title: 'Contact and address', fields: details },
  { title: 'Metadata', fields: [metadata] },
];
