// The fields of a meter: which events it counts, and how.
import { aggregatorOf, canHaveBuckets } from '../../../../shared/domain/aggregations/aggregators.ts';
import { type AggregationType, aggregationTypes } from '../../../../shared/domain/meters/meter.ts';
import { windowSizes } from '../../../../shared/domain/time/usage-window.ts';
import { type Choice, type FieldSpec, type FormSection, textAt, type Values } from '../../forms/field-spec.ts';
import { aggregationNotes, aggregationNames, windowNames } from './meter-words.ts';

const typeOf = (values: Values): AggregationType | undefined =>
  aggregationTypes.find((type) => type === textAt(values, 'aggregation.type'));

const is =
  (test: (type: AggregationType) => boolean) =>
  (values: Values): boolean => {
    const type = typeOf(values);
    return type !== undefined && test(type);
  };
const readsValue = is((type) => aggregatorOf(type).reads !== 'nothing');
const takesExpression = is((type) => aggregatorOf(type).takesExpression === true);
const measures = (values: Values): boolean =>
  readsValue(values) && textAt(values, 'measure') === 'expression' && takesExpression(values);

const choices = (names: Readonly<Record<string, string>>, keys: readonly string[]): readonly Choice[] =>
  keys.map((value) => ({ value, label: names[value] ?? value }));

const aggregationFields: readonly FieldSpec[] = [
  {
    kind: 'choice',
    path: 'aggregation.type',
    label: 'Aggregation',
    choices: choices(aggregationNames, aggregationTypes),
    notes: aggregationNotes,
  },
  {
    kind: 'choice',
    path: 'measure',
    label: 'Value of an event',
    isLocal: true,
    appliesTo: takesExpression,
    choices: [
      { value: 'field', label: 'A property' },
      { value: 'expression', label: 'An expression' },
    ],
  },
  {
    kind: 'suggest',
    source: 'properties',
    path: 'aggregation.field',
    label: 'Property',
    note: 'Dots lead into objects: usage.tokens.',
    isRequired: true,
    appliesTo: (values) => readsValue(values) && !measures(values),
  },
  {
    kind: 'text',
    lines: 2,
    path: 'aggregation.expression',
    label: 'Expression',
    note: 'CEL over the properties of the event, such as input_tokens * 2.0 + output_tokens.',
    placeholder: 'input_tokens + output_tokens',
    appliesTo: measures,
  },
  {
    kind: 'decimal',
    path: 'aggregation.multiplier',
    label: 'Multiplier',
    note: 'The sum is multiplied by it.',
    appliesTo: is((type) => aggregatorOf(type).takesMultiplier === true),
  },
  {
    kind: 'choice',
    path: 'aggregation.bucket_size',
    label: 'Buckets',
    note: 'Aggregates and prices each bucket of time by itself, instead of the whole period.',
    appliesTo: is(canHaveBuckets),
    choices: [{ value: '', label: 'None' }, ...choices(windowNames, windowSizes)],
  },
  {
    kind: 'suggest',
    source: 'properties',
    path: 'aggregation.group_by',
    label: 'Group by a property',
    note: 'The maximum of each value of the property, added up.',
    appliesTo: (values) =>
      textAt(values, 'aggregation.type') === 'MAX' && textAt(values, 'aggregation.bucket_size') !== '',
  },
];

const resetUsage: FieldSpec = {
  kind: 'choice',
  path: 'reset_usage',
  label: 'Usage begins again',
  choices: [
    { value: 'BILLING_PERIOD', label: 'With each billing period' },
    { value: 'NEVER', label: 'Never: it counts from the start of the subscription' },
  ],
};

const filtersOf = (label: string, note: string): FieldSpec => ({
  kind: 'rows',
  path: 'filters',
  label,
  note,
  rowLabel: 'Filter',
  addLabel: 'Add a filter',
  columns: [
    { name: 'key', label: 'Property', kind: 'text', placeholder: 'model' },
    { name: 'values', label: 'Is one of (one on each line)', kind: 'lines', placeholder: 'large' },
  ],
});

export const newMeterSections: readonly FormSection[] = [
  {
    title: 'Meter',
    fields: [
      { kind: 'text', path: 'name', label: 'Name', isRequired: true, note: 'For people: on charges and invoices.' },
      {
        kind: 'suggest',
        source: 'eventNames',
        path: 'event_name',
        label: 'Event name',
        isRequired: true,
        note: 'It counts events of exactly this name, in the same case.',
      },
    ],
  },
  { title: 'How it counts', fields: aggregationFields },
  {
    title: 'Filters',
    fields: [
      filtersOf('Only events that match all of these', 'Without filters every event of the name counts.'),
      resetUsage,
    ],
  },
];

export const changedMeterSections: readonly FormSection[] = [
  {
    title: 'How it counts',
    note: 'The change applies to all events, also to those that were received before it.',
    fields: aggregationFields,
  },
  {
    title: 'Filters',
    fields: [
      filtersOf(
        'Filters to add',
        'They are added to those that the meter has. To remove one, archive the meter and create another.',
      ),
      resetUsage,
    ],
  },
];
