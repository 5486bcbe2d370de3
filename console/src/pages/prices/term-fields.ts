// The fields of what a unit costs: in prices, and in the line items that have terms of their own.
import { windowSizes } from '../../../../shared/domain/time/usage-window.ts';
import { type FieldSpec, textAt, type Values } from '../../forms/field-spec.ts';

const isModel =
  (...models: readonly string[]) =>
  (values: Values): boolean =>
    models.includes(textAt(values, 'billing_model'));
const isCustom = (values: Values): boolean => textAt(values, 'price_unit_type') === 'CUSTOM';
export const isUsage = (values: Values): boolean => textAt(values, 'type') === 'USAGE';

const and =
  (...tests: readonly ((values: Values) => boolean)[]) =>
  (values: Values): boolean =>
    tests.every((test) => test(values));
const isFiat = (values: Values): boolean => !isCustom(values);
const hasAmount = isModel('FLAT_FEE', 'PACKAGE');
const isTiered = isModel('TIERED');

const amountField = (path: string, note: string): Extract<FieldSpec, { kind: 'decimal' | 'whole' }> => ({
  kind: 'decimal',
  path,
  label: 'Amount',
  note,
  isRequired: true,
  placeholder: '0.02',
});

const tiersField = (path: string): Extract<FieldSpec, { kind: 'rows' }> => ({
  kind: 'rows',
  path,
  label: 'Tiers',
  note: 'The last tier has no end. A first tier at 0 is free.',
  rowLabel: 'Tier',
  addLabel: 'Add a tier',
  columns: [
    { name: 'up_to', label: 'Up to', kind: 'whole', placeholder: 'no end' },
    { name: 'unit_amount', label: 'For each unit', kind: 'decimal', placeholder: '0.01' },
    { name: 'flat_amount', label: 'Flat, once', kind: 'decimal', placeholder: 'none' },
  ],
});

export interface TermPaths {
  /** Paths of the amount and the tiers of a price in a custom unit. */
  readonly unitAmount: string;
  readonly unitTiers: string;
}

/** Returns the fields; where the amounts of a custom unit go differs between new and changed prices. */
export const termFields = ({ unitAmount, unitTiers }: TermPaths): readonly FieldSpec[] => [
  {
    kind: 'choice',
    path: 'billing_model',
    label: 'Model',
    choices: [
      { value: 'FLAT_FEE', label: 'For each unit' },
      { value: 'PACKAGE', label: 'For each package of units' },
      { value: 'TIERED', label: 'By tiers' },
    ],
    notes: {
      FLAT_FEE: 'Amount × quantity.',
      PACKAGE: 'Amount × packages; a started package counts in full, unless it is rounded down.',
      TIERED: 'What a unit costs depends on how many there are.',
    },
  },
  { ...amountField('amount', 'Exact, with as many digits as it has.'), appliesTo: and(hasAmount, isFiat) },
  { ...amountField(unitAmount, 'In the price unit.'), appliesTo: and(hasAmount, isCustom) },
  {
    kind: 'whole',
    path: 'transform_quantity.divide_by',
    label: 'Units in a package',
    isRequired: true,
    placeholder: '1000',
    appliesTo: isModel('PACKAGE'),
  },
  {
    kind: 'choice',
    path: 'transform_quantity.round',
    label: 'A started package',
    appliesTo: isModel('PACKAGE'),
    choices: [
      { value: 'up', label: 'counts in full' },
      { value: 'down', label: 'does not count' },
    ],
  },
  {
    kind: 'choice',
    path: 'tier_mode',
    label: 'Tiers apply',
    appliesTo: isTiered,
    choices: [
      { value: 'SLAB', label: 'Each to the units within it' },
      { value: 'VOLUME', label: 'One to all units' },
    ],
    notes: {
      SLAB: 'The first units cost what the first tier says, the next ones what the second says (SLAB).',
      VOLUME: 'All units cost what the tier says that the total falls into (VOLUME).',
    },
  },
  { ...tiersField('tiers'), appliesTo: and(isTiered, isFiat) },
  { ...tiersField(unitTiers), appliesTo: and(isTiered, isCustom) },
];

export const bucketField: FieldSpec = {
  kind: 'choice',
  path: 'bucket_size',
  label: 'Price each bucket by itself',
  note: 'Tiers and packages begin again in each bucket of time; only for meters of the type SUM or MAX.',
  appliesTo: isUsage,
  choices: [{ value: '', label: 'As the meter says' }, ...windowSizes.map((value) => ({ value, label: value }))],
};

export const firstTiers = [{ up_to: '1000', unit_amount: '0' }, {}];
