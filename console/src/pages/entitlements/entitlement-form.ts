// The fields of an entitlement: how much of a feature a plan or a subscription grants.
import { usageResetPeriods } from '../../../../shared/domain/catalog/entitlement.ts';
import type { FieldSpec, FormSection, Values } from '../../forms/field-spec.ts';
import { periodNames } from '../resource/price-words.ts';

const resetLabel = (period: string): string => {
  if (period === '') return 'With the billing period';
  return period === 'NEVER' ? 'Never' : `Each ${periodNames[period] ?? period}`;
};

const ordered = ['', ...usageResetPeriods.filter((period) => period !== '')];

/** Returns the fields of the values that a feature of a kind takes. */
const valueFields = (kindOf: (values: Values) => string): readonly FieldSpec[] => {
  const is =
    (kind: string) =>
    (values: Values): boolean =>
      kindOf(values) === kind;
  return [
    {
      kind: 'limit',
      path: 'usage_limit',
      label: 'Free units',
      note: 'That many units cost nothing in each window; usage beyond them is billed. Empty: unlimited, all usage is free.',
      appliesTo: is('metered'),
    },
    {
      kind: 'choice',
      path: 'usage_reset_period',
      label: 'They are granted again',
      appliesTo: is('metered'),
      choices: ordered.map((value) => ({ value, label: resetLabel(value) })),
    },
    {
      kind: 'flag',
      path: 'is_soft_limit',
      label: 'The limit is soft',
      note: 'your product may let usage go beyond it',
      appliesTo: is('metered'),
    },
    { kind: 'flag', path: 'is_enabled', label: 'It is on', appliesTo: is('boolean') },
    { kind: 'text', path: 'static_value', label: 'Text', isRequired: true, appliesTo: is('static') },
    { kind: 'json', path: 'config_value', label: 'Configuration, a JSON object', appliesTo: is('config') },
  ];
};

export const newEntitlementSections = (
  kindOf: (values: Values) => string,
  isOfSubscription: boolean,
): readonly FormSection[] => [
  {
    title: 'Entitlement',
    fields: [
      isOfSubscription
        ? { kind: 'text', path: 'entity_id', label: 'Id of the subscription', isMono: true, isRequired: true }
        : { kind: 'pick', source: 'plans', path: 'plan_id', label: 'Plan', isRequired: true },
      { kind: 'pick', source: 'features', path: 'feature_id', label: 'Feature', isRequired: true },
      ...valueFields(kindOf),
    ],
  },
  {
    title: 'Dates',
    isFolded: true,
    fields: [
      { kind: 'time', path: 'start_date', label: 'Starts', note: 'Empty: it has no beginning.' },
      { kind: 'time', path: 'end_date', label: 'Ends', note: 'Exclusive. Empty: it does not.' },
    ],
  },
];

export const changedEntitlementSections = (kind: string): readonly FormSection[] => [
  {
    title: 'Entitlement',
    note: 'The change has no date: it applies to all periods.',
    fields: valueFields(() => kind),
  },
];
