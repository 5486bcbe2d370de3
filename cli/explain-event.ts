// What became of an event, told to a person: each step of billing, what it found, and what else is worth knowing.
import { styleText } from 'node:util';
import * as v from 'valibot';
import {
  EventAnswerSchema,
  type EventAnswer,
  type ShownChange,
  type ShownWarning,
  type Tracker,
} from './event-answer.ts';
import { plainTable } from './plain-table.ts';

const marks = { found: styleText('green', '✔'), unprocessed: styleText('dim', '·') } as const;
const failedMark = styleText('red', '✘');

interface Step {
  readonly name: string;
  readonly status: string;
  readonly found: readonly string[];
  readonly error: string | undefined;
}

const toSteps = (tracker: Tracker): readonly Step[] => {
  const { customer_lookup: customer, meter_matching: meter, price_lookup: price } = tracker;
  const lineItem = tracker.subscription_line_item_lookup;
  const steps: [
    string,
    { readonly status: string; readonly error?: { readonly message: string } | null | undefined },
    readonly string[],
  ][] = [
    ['customer', customer, customer.customer ? [`${customer.customer.name} (${customer.customer.id})`] : []],
    [
      'meter',
      meter,
      meter.matched_meters.map(({ meter_id: id, meter: known }) => (known ? `${known.name} (${id})` : id)),
    ],
    ['price', price, price.matched_prices.map(({ price_id: id }) => id)],
    [
      'line item',
      lineItem,
      lineItem.matched_line_items.map(
        ({ sub_line_item_id: id, is_active_for_event: isActive }) => `${id}${isActive ? '' : ' (not active then)'}`,
      ),
    ],
  ];
  const reason = tracker.failure_point?.error?.message;
  const failed = steps.findIndex(([, { status }]) => status !== 'found' && status !== 'unprocessed');
  return steps.map(([name, { status, error }, found], index) => ({
    name,
    status,
    found,
    error: error?.message ?? (index === failed ? reason : undefined),
  }));
};

const stepLine = ({ name, status, found, error }: Step): string => {
  const mark = status === 'found' ? marks.found : status === 'unprocessed' ? marks.unprocessed : failedMark;
  const text = [
    ...(status === 'unprocessed' ? ['not reached'] : []),
    ...(error === undefined ? [] : [error]),
    ...(found.length > 0 ? [found.join(', ')] : []),
  ].join('; ');
  return `  ${mark} ${name.padEnd(10)} ${text === '' ? status : text}`;
};

const warningLine = ({ code, subject, message }: ShownWarning): string =>
  `  ${styleText('yellow', '!')} ${code}${subject === '' ? '' : ` (${subject})`}: ${message}`;

const valueText = (value: string | readonly string[]): string =>
  (typeof value === 'string' ? value : value.join(', ')) || 'none';

const changeLine = ({ field, from, to }: ShownChange): string =>
  `  ${field.padEnd(20)} ${valueText(from)} → ${valueText(to)}`;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length > 0 ? ['', styleText('bold', title), ...lines] : [];

const statusText = ({ status, debug_tracker: tracker }: EventAnswer): string => {
  if (status === 'processed') return styleText('green', 'processed: it is billed');
  const point = tracker?.failure_point?.failure_point_type;
  if (status === 'failed')
    return styleText('red', `failed${point === undefined ? '' : ` at ${point}`}: it is not billed`);
  return styleText('yellow', `${status}: it is accepted, ask again in a moment`);
};

/** `answer`: the body of the lookup. Plain text with colours where the terminal takes them. */
export const explainEvent = (answer: unknown): string => {
  const parsed = v.parse(EventAnswerSchema, answer);
  const { event, debug_tracker: tracker, processed_events: billed, decision, conflicts } = parsed;
  const decided = decision && [
    `  ${[decision.status, decision.failure_point_type].filter(Boolean).join(' at ')}, decided ${decision.decided_at}`,
    ...decision.warnings.map(warningLine),
  ];
  const repeats = [
    ...conflicts.map(({ received_at: at, fields }) => `  ${at}  other ${fields.join(', ')}`),
    ...(parsed.more_conflicts ? ['  and more'] : []),
  ];
  return [
    `${styleText('bold', event.id)}  ${statusText(parsed)}`,
    '',
    `  event      ${event.event_name}`,
    `  customer   ${event.external_customer_id}`,
    `  timestamp  ${event.timestamp}`,
    ...(event.source === '' ? [] : [`  source     ${event.source}`]),
    `  properties ${JSON.stringify(event.properties)}`,
    ...section(
      'Billed as',
      billed.length === 0
        ? []
        : [
            plainTable(
              ['quantity', 'meter', 'price', 'subscription', 'line item'],
              billed.map((item) => [
                item.qty_total,
                item.meter_id,
                item.price_id,
                item.subscription_id,
                item.sub_line_item_id,
              ]),
            ),
          ],
    ),
    ...section('Steps', tracker ? toSteps(tracker).map(stepLine) : []),
    ...section('Warnings', parsed.warnings.map(warningLine)),
    ...section('When it came', decided ?? []),
    ...section('Changed since', parsed.changed_since.map(changeLine)),
    ...section('Sent again with other content (the first one counts)', repeats),
  ].join('\n');
};
