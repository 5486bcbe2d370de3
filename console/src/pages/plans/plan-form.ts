// The fields of a plan.
import type { FieldSpec, FormSection } from '../../forms/field-spec.ts';

const main: readonly FieldSpec[] = [
  { kind: 'text', path: 'name', label: 'Name', isRequired: true },
  {
    kind: 'text',
    path: 'lookup_key',
    label: 'Lookup key',
    isMono: true,
    note: 'By which your code finds it, such as pro_2026.',
  },
  { kind: 'text', path: 'description', label: 'Description' },
];
const more: readonly FieldSpec[] = [
  { kind: 'whole', path: 'display_order', label: 'Order', note: 'Its place in lists of yours.' },
  { kind: 'metadata', path: 'metadata', label: 'Metadata' },
];

export const newPlanSections: readonly FormSection[] = [
  { title: 'Plan', fields: main },
  { title: 'More', isFolded: true, fields: more },
];
export const changedPlanSections: readonly FormSection[] = [{ title: 'Plan', fields: [...main, ...more] }];
