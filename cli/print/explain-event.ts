// Explains as text what became of an event: each step of billing, what it found, and anything else worth knowing.
import { readAs } from '../client/answer.ts';
import {
  EventAnswerSchema,
  type BilledEvent,
  type EventAnswer,
  type ShownChange,
  type ShownWarning,
  type Tracker,
} from '../client/event-answer.ts';
import { propertiesText, verdictText } from './event-text.ts';
import { paint, type Style, type Terminal } from '../process/terminal.ts';
import { beside, padded, wrapped } from '../process/text-width.ts';
import { timeText } from './time-text.ts';
import { visible } from './visible-text.ts';

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

type Mark = readonly [unicode: string, ascii: string, style: Style];
const marks: Readonly<Record<'found' | 'unprocessed' | 'failed' | 'warning', Mark>> = {
  found: ['✔', '+', 'green'],
  unprocessed: ['·', '.', 'dim'],
  failed: ['✘', 'x', 'red'],
  warning: ['!', '!', 'yellow'],
};

const labelColumns = 14;

/** Collects lines that are no wider than the terminal. */
const createLines = (terminal: Terminal) => {
  const line = (label: string, text: string, mark?: keyof typeof marks): string => {
    const [unicode, ascii, style] = marks[mark ?? 'found'];
    const shown = mark === undefined ? '' : `${terminal.isUnicode ? unicode : ascii} `;
    const whole = beside(`  ${shown}${label}`, text, terminal.columns);
    return mark === undefined ? whole : whole.replace(shown, `${paint(terminal, style, shown.trim())} `);
  };
  const labelled = (label: string, text: string): string => line(padded(label, labelColumns), text);
  const step = ({ name, status, found, error }: Step): string => {
    const text = [
      ...(status === 'unprocessed' ? ['skipped'] : []),
      ...(error === undefined ? [] : [error]),
      ...(found.length > 0 ? [found.join(', ')] : []),
    ].join('; ');
    const mark = status === 'found' || status === 'unprocessed' ? status : 'failed';
    return line(padded(name, labelColumns - 2), visible(text === '' ? status : text), mark);
  };
  const warning = ({ code, subject, message }: ShownWarning): string =>
    line('', visible(`${code}${subject === '' ? '' : ` (${subject})`}: ${message}`), 'warning');
  const change = ({ field, from, to }: ShownChange): string => {
    const arrow = terminal.isUnicode ? '→' : '->';
    const textOf = (value: string | readonly string[]): string => visible([value].flat().join(', ')) || 'none';
    if (field !== 'failure_point_type') return line(padded(field, 20), `${textOf(from)} ${arrow} ${textOf(to)}`);
    const [before, after] = [from, to].map((point) =>
      verdictText(point === '' ? 'processed' : 'failed', String(point)),
    );
    return line(padded('verdict', 20), `${before ?? ''} ${arrow} ${after ?? ''}`);
  };
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length > 0
      ? ['', wrapped(title, terminal.columns).replace(/.+/g, (text) => paint(terminal, 'bold', text)), ...lines]
      : [];
  const told = (text: string): string => line('', text);
  return { labelled, told, step, warning, change, section };
};

/** Lists where in the bill an event is. */
const placeOf = (item: BilledEvent): readonly (readonly [label: string, text: string])[] => {
  const { period_start: start, period_end: end, line_version: version, allowance } = item;
  const places: (readonly [string, string])[] = [];
  if (start !== undefined && end !== undefined) {
    const range = `${timeText(start)} to ${timeText(end)}`;
    places.push(item.is_trial ? ['trial', `${range}: nothing is charged`] : ['period', range]);
  }
  if (version && version.of > 1) places.push(['version', `${String(version.number)} of ${String(version.of)}`]);
  if (allowance) {
    const { usage_limit: limit, window_start: from, window_end: to } = allowance;
    const free = limit === null ? 'all free' : `${String(limit)} free`;
    const until = to === undefined ? '' : ` to ${timeText(to)}`;
    places.push(['allowance', `${free} from ${timeText(from)}${until}`]);
  }
  return places;
};

const styles: Readonly<Record<string, Style>> = { processed: 'green', failed: 'red' };

const titleOf = ({ event, status, debug_tracker: tracker }: EventAnswer, terminal: Terminal): string => {
  const text = verdictText(status, tracker?.failure_point?.failure_point_type ?? '');
  const pending = status === 'processing' ? ': accepted but not stored yet (--wait waits for it)' : '';
  const [first = '', ...more] = wrapped(`${visible(event.id)}  ${text}${pending}`, terminal.columns).split('\n');
  return [first, ...more].map((line) => paint(terminal, styles[status] ?? 'yellow', line)).join('\n');
};

/** Explains an event from `answer`, the body of the lookup. No line is wider than the terminal. Throws CliFailure for any other body. */
export const explainEvent = (answer: unknown, terminal: Terminal): string => {
  const parsed = readAs(EventAnswerSchema, answer, 'an event');
  const { event, debug_tracker: tracker, processed_events: billed, decision, conflicts } = parsed;
  const { labelled, told, step, warning, change, section } = createLines(terminal);
  const repeats = conflicts.map(({ received_at: at, fields }) =>
    labelled(`${timeText(at)}  `, `other ${fields.join(', ')}`),
  );
  return [
    titleOf(parsed, terminal),
    '',
    labelled('event', visible(event.event_name)),
    labelled('customer', visible(event.external_customer_id)),
    labelled('timestamp', timeText(event.timestamp)),
    ...(event.source === '' ? [] : [labelled('source', visible(event.source))]),
    labelled('properties', propertiesText(event.properties)),
    ...billed.flatMap((item, position) =>
      section(position === 0 ? 'Billed as' : 'Also billed as', [
        labelled('quantity', visible(item.qty_total)),
        labelled('meter', visible(item.meter_id)),
        labelled('price', visible(item.price_id)),
        labelled('subscription', visible(item.subscription_id)),
        labelled('line item', visible(item.sub_line_item_id)),
        ...placeOf(item).map(([label, text]) => labelled(label, visible(text))),
      ]),
    ),
    ...section('Steps', tracker ? toSteps(tracker).map(step) : []),
    ...section('Warnings', parsed.warnings.map(warning)),
    ...section(
      'When received',
      decision
        ? [
            told(
              `${verdictText(decision.status, decision.failure_point_type)}, decided ${timeText(decision.decided_at)}`,
            ),
            ...decision.warnings.map(warning),
          ]
        : [],
    ),
    ...section(
      'Changed since',
      // The verdict says the status, too.
      parsed.changed_since.filter(({ field }) => field !== 'status').map(change),
    ),
    ...section('Sent again with other content (the first one counts)', [
      ...repeats,
      ...(parsed.more_conflicts ? [told('and more')] : []),
    ]),
  ].join('\n');
};
