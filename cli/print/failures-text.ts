// Shows failures by cause as text: what fails and why, and then what would bill it, as commands to copy.
import type { Failures, ShownFailure } from '../client/event-failures.ts';
import { shellWord } from '../process/shell-word.ts';
import { paint, type Terminal } from '../process/terminal.ts';
import { commandMark, wrapped } from '../process/text-width.ts';
import { plainTable } from './plain-table.ts';
import { timeText } from './time-text.ts';
import { visible } from './visible-text.ts';

const placeOf = ({
  count,
  first_timestamp: first,
  last_timestamp: last,
  sample_event_ids: ids,
}: ShownFailure): string => {
  const [id = ''] = ids;
  return count === 1
    ? `${timeText(first)}, ${visible(id)}`
    : `${timeText(first)} to ${timeText(last)}, the last is ${visible(id)}`;
};

const subjectOf = ({ event_name: name, external_customer_id: customer }: ShownFailure): string =>
  visible(customer === undefined ? name : `${name} of ${customer}`);

/** Returns JSON over several lines in which nothing steers the terminal. */
const readableJson = (body: unknown): string =>
  JSON.stringify(body, null, 2).replace(
    /[^\P{Cc}\n]|[\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

/**
 * Returns a request as a command for a shell in which the URL and the key are exported.
 * @internal
 */
export const curlCommand = ({ method, path, body }: { method: string; path: string; body: unknown }): string =>
  [
    `${commandMark}curl -X ${visible(shellWord(method))} "$TOLLGATE_URL"${visible(shellWord(path))} \\`,
    '      -H "x-api-key: $TOLLGATE_API_KEY" \\',
    `      -d ${shellWord(readableJson(body)).replaceAll('\n', '\n      ')}`,
  ].join('\n');

const actionText = (failure: ShownFailure, action: string): string => {
  const { external_customer_id: customer = '', event_name: name, meter_id: meter = '' } = failure;
  switch (action) {
    case 'create_customer':
      return `create the customer ${customer}`;
    case 'create_meter':
      return `create a meter for the event name ${name}`;
    case 'publish_meter':
      return `publish the meter ${meter} again`;
    case 'create_price':
      return `create a price of the meter ${meter}`;
    case 'create_subscription':
      return `subscribe ${customer} to a plan with a price of the meter ${meter}`;
    case 'add_line_item':
      return `add a line item with a price of the meter ${meter} to a subscription of ${customer}`;
    case 'correct_property':
      return `send the property that the meter ${meter} reads, as a number; stored events do not change`;
    default:
      return action;
  }
};

const fixText = (failure: ShownFailure, terminal: Terminal): readonly string[] => {
  if (failure.fix === undefined) return [];
  const { action, request } = failure.fix;
  const count = `${String(failure.count)} ${failure.count === 1 ? 'event' : 'events'}`;
  return [
    '',
    wrapped(`${subjectOf(failure)}, ${count}: ${visible(actionText(failure, action))}`, terminal.columns),
    ...(request ? [curlCommand(request)] : []),
  ];
};

/** Returns the text; only commands may be wider than the terminal. */
export const failuresText = ({ failures, examined }: Failures, terminal: Terminal): string => {
  const fit = (text: string): string => wrapped(text, terminal.columns);
  const read = `${String(examined)} events were examined.`;
  if (failures.length === 0) return fit(`All events are billed. ${read}`);
  const rows = failures.map((failure) => [
    String(failure.count),
    `${subjectOf(failure)}: ${visible(failure.message)}\n${placeOf(failure)}`,
  ]);
  const fixes = failures.flatMap((failure) => fixText(failure, terminal));
  return [
    plainTable(['events', 'why they are not billed, or count as zero'], rows, {
      terminal,
      rightAligned: [0],
      isCompact: true,
    }),
    fit(read),
    ...(fixes.length === 0 ? [] : ['', paint(terminal, 'bold', fit('What would bill them')), ...fixes]),
  ].join('\n');
};
