// The fields of a feature: something that plans grant.
import { type FieldSpec, type FormSection, textAt, type Values } from '../../forms/field-spec.ts';

const isMetered = (values: Values): boolean => textAt(values, 'type') === 'metered';

const described: readonly FieldSpec[] = [
  { kind: 'text', path: 'description', label: 'Description' },
  {
    kind: 'text',
    path: 'unit_singular',
    label: 'One unit',
    note: 'Such as token: both or neither of the two names.',
    appliesTo: isMetered,
  },
  { kind: 'text', path: 'unit_plural', label: 'Several units', note: 'Such as tokens.', appliesTo: isMetered },
];
const metadata: FieldSpec = { kind: 'metadata', path: 'metadata', label: 'Metadata' };
const name: FieldSpec = { kind: 'text', path: 'name', label: 'Name', isRequired: true };

export const newFeatureSections: readonly FormSection[] = [
  {
    title: 'Feature',
    fields: [
      name,
      {
        kind: 'choice',
        path: 'type',
        label: 'Kind',
        choices: [
          { value: 'metered', label: 'Metered' },
          { value: 'boolean', label: 'On or off' },
          { value: 'static', label: 'A fixed text' },
          { value: 'config', label: 'A configuration' },
        ],
        notes: {
          metered: 'Usage of a meter, with a limit and a free allowance.',
          boolean: 'A plan has it or has it not.',
          static: 'A plan gives it a text, such as a level of support.',
          config: 'A plan gives it a JSON object.',
        },
      },
      { kind: 'pick', source: 'meters', path: 'meter_id', label: 'Meter', isRequired: true, appliesTo: isMetered },
    ],
  },
  {
    title: 'More',
    isFolded: true,
    fields: [
      {
        kind: 'text',
        path: 'lookup_key',
        label: 'Lookup key',
        isMono: true,
        note: 'By which your code finds it. Empty: made from the name.',
      },
      ...described,
      metadata,
    ],
  },
];

export const changedFeatureSections: readonly FormSection[] = [
  { title: 'Feature', fields: [name, ...described, metadata] },
];
