// The fields of a new subscription, and of what can be done with one.
import { recurringPeriods } from '../../../../shared/domain/time/billing-period.ts';
import { type Choice, type FieldSpec, type FormSection, textAt, type Values } from '../../forms/field-spec.ts';
import { periodNames } from '../resource/price-words.ts';

const periodChoices: readonly Choice[] = recurringPeriods.map((value) => ({
  value,
  label: `Each ${periodNames[value] ?? value}`,
}));

const isCommitted = (values: Values): boolean => textAt(values, 'commitment_amount').trim() !== '';

export const newSubscriptionSections: readonly FormSection[] = [
  {
    title: 'Who and what',
    fields: [
      {
        kind: 'suggest',
        source: 'customers',
        path: 'external_customer_id',
        label: 'Customer',
        isRequired: true,
        note: 'Its external id.',
      },
      { kind: 'pick', source: 'plans', path: 'plan_id', label: 'Plan', isRequired: true },
    ],
  },
  {
    title: 'Billing',
    fields: [
      { kind: 'suggest', source: 'currencies', path: 'currency', label: 'Currency', isRequired: true },
      {
        kind: 'choice',
        path: 'billing_period',
        label: 'Billed',
        note: 'It takes the prices of the plan with this currency and period.',
        choices: periodChoices,
      },
      {
        kind: 'time',
        path: 'start_date',
        label: 'Starts',
        note: 'Events from then on are billed, also those that are here already. Empty: now.',
      },
      {
        kind: 'choice',
        path: 'billing_cycle',
        label: 'Periods begin',
        choices: [
          { value: 'anniversary', label: 'On the day of the start' },
          { value: 'calendar', label: 'With the calendar' },
        ],
      },
      {
        kind: 'choice',
        path: 'subscription_status',
        label: 'Status',
        choices: [
          { value: 'active', label: 'Active' },
          { value: 'draft', label: 'Draft: bills nothing until it is activated' },
        ],
      },
    ],
  },
  {
    title: 'Commitment',
    isFolded: true,
    fields: [
      {
        kind: 'decimal',
        path: 'commitment_amount',
        label: 'Amount for each period',
        note: 'What the customer has committed to spend.',
      },
      {
        kind: 'decimal',
        path: 'overage_factor',
        label: 'Factor of usage beyond it',
        placeholder: '1',
        appliesTo: isCommitted,
      },
      { kind: 'flag', path: 'enable_true_up', label: 'Charge what is missing to it', appliesTo: isCommitted },
      {
        kind: 'choice',
        path: 'commitment_duration',
        label: 'Its period',
        appliesTo: isCommitted,
        choices: [{ value: '', label: 'The billing period' }, ...periodChoices],
      },
    ],
  },
  {
    title: 'End, trial, keys and metadata',
    isFolded: true,
    fields: [
      { kind: 'time', path: 'end_date', label: 'Ends', note: 'Empty: it does not.' },
      { kind: 'whole', path: 'trial_period_days', label: 'Days of trial', note: 'Nothing in a trial is charged.' },
      { kind: 'whole', path: 'billing_period_count', label: 'Every … periods', placeholder: '1' },
      { kind: 'text', path: 'lookup_key', label: 'Lookup key', isMono: true },
      { kind: 'metadata', path: 'metadata', label: 'Metadata' },
    ],
  },
];

export const cancelSections: readonly FormSection[] = [
  {
    title: 'Cancel the subscription',
    note: 'All its line items end with it: events with later timestamps are not billed.',
    fields: [
      {
        kind: 'choice',
        path: 'cancellation_type',
        label: 'When',
        choices: [
          { value: 'end_of_period', label: 'At the end of the current period' },
          { value: 'immediate', label: 'Now' },
          { value: 'scheduled_date', label: 'At a time' },
        ],
        notes: {
          end_of_period: 'Usage until then is billed.',
          immediate: 'Usage until now is billed; later events are not.',
        },
      },
      {
        kind: 'time',
        path: 'cancel_at',
        label: 'Time',
        isRequired: true,
        appliesTo: (values) => textAt(values, 'cancellation_type') === 'scheduled_date',
      },
      { kind: 'text', path: 'reason', label: 'Reason' },
    ],
  },
];

export const activateSections: readonly FormSection[] = [
  {
    title: 'Activate the draft',
    note: 'It begins to bill, by the prices that its plan has now.',
    fields: [{ kind: 'time', path: 'start_date', label: 'Starts', isRequired: true }],
  },
];

const commitment: readonly FieldSpec[] = [
  {
    kind: 'decimal',
    path: 'commitment_amount',
    label: 'Committed amount',
    note: 'In each period, in the currency. 0: none.',
  },
  { kind: 'decimal', path: 'commitment_quantity', label: 'Or committed units' },
  { kind: 'decimal', path: 'commitment_overage_factor', label: 'Factor of usage beyond it', placeholder: '1' },
  { kind: 'flag', path: 'commitment_true_up_enabled', label: 'Charge what is missing to it' },
];

export const addItemSections: readonly FormSection[] = [
  {
    title: 'Line item',
    fields: [
      {
        kind: 'suggest',
        source: 'prices',
        path: 'price_id',
        label: 'Price',
        isRequired: true,
        note: 'The id of a price; the list has those of the plans.',
      },
      { kind: 'decimal', path: 'quantity', label: 'Quantity', note: 'Only of a fixed price.', placeholder: '1' },
      {
        kind: 'time',
        path: 'start_date',
        label: 'Starts',
        note: 'Events from then on are billed, also those that are here already. Empty: now.',
      },
      { kind: 'time', path: 'end_date', label: 'Ends', note: 'Empty: with the subscription.' },
      { kind: 'text', path: 'display_name', label: 'Name on charges' },
    ],
  },
  { title: 'Commitment', isFolded: true, fields: commitment },
];

export const endItemSections: readonly FormSection[] = [
  {
    title: 'End the line item',
    note: 'Events from then on are not billed by it.',
    fields: [{ kind: 'time', path: 'effective_from', label: 'Ends', note: 'Empty: now.' }],
  },
];

export const itemCommitmentSection: FormSection = { title: 'Commitment', isFolded: true, fields: commitment };
