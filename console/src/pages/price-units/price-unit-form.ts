// The fields of a custom price unit, such as credits.
import type { FieldSpec, FormSection } from '../../forms/field-spec.ts';

const name: FieldSpec = { kind: 'text', path: 'name', label: 'Name', isRequired: true };
const metadata: FieldSpec = { kind: 'metadata', path: 'metadata', label: 'Metadata' };

export const newPriceUnitSections: readonly FormSection[] = [
  {
    title: 'Price unit',
    fields: [
      name,
      {
        kind: 'text',
        path: 'code',
        label: 'Code',
        isMono: true,
        isRequired: true,
        note: 'Three letters or digits, such as crd.',
      },
      { kind: 'text', path: 'symbol', label: 'Symbol', isRequired: true },
      { kind: 'suggest', source: 'currencies', path: 'base_currency', label: 'Currency', isRequired: true },
      {
        kind: 'decimal',
        path: 'conversion_rate',
        label: 'Value of one unit',
        isRequired: true,
        note: 'In the currency, exact: 0.01. It cannot be changed.',
      },
    ],
  },
  { title: 'More', isFolded: true, fields: [metadata] },
];
export const changedPriceUnitSections: readonly FormSection[] = [{ title: 'Price unit', fields: [name, metadata] }];
