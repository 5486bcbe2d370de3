// tollgate events: get (why was it billed, or not), list and tail.
import { setTimeout as delay } from 'node:timers/promises';
import { type Command } from 'commander';
import { connect, type ConnectionOptions, withConnection } from '../client/connection.ts';
import { type ListedEvent, listEvents, type ListFilters } from '../client/event-list.ts';
import { eventLine } from '../print/event-text.ts';
import { explainEvent } from '../print/explain-event.ts';
import { CliFailure, exitCode } from '../process/failure.ts';
import { withNotes } from '../process/help.ts';
import { collected, instantOf, timezoneName, timeValue, valuesByKey, wholeNumber } from '../process/option-values.ts';
import { compareLooks, gapCommand, lookSize } from '../client/tail-events.ts';
import { printJson, readTerminal, tell } from '../process/terminal.ts';
import { commandMark } from '../process/text-width.ts';
import { waitForEvent } from '../client/wait-for-event.ts';

interface GetOptions extends ConnectionOptions {
  /** true: given without a number of seconds. */
  readonly wait?: string | true;
}
interface FilterOptions extends ConnectionOptions {
  readonly customer?: string;
  readonly eventName?: string;
  readonly source?: string;
  readonly property?: readonly string[];
}
interface ListOptions extends FilterOptions {
  readonly from?: string;
  readonly to?: string;
  readonly timezone?: string;
  readonly limit: number;
}
interface TailOptions extends FilterOptions {
  readonly interval: number;
}

const withFilters = (command: Command): Command =>
  withConnection(command)
    .option('--customer <external id>', 'of this customer')
    .option('--event-name <name>', 'of this name')
    .option('--source <source>', 'from this source')
    .option('--property <key=value>', 'with this property; repeatable', collected);

const toFilters = (options: FilterOptions): ListFilters => ({
  ...(options.customer !== undefined && { external_customer_id: options.customer }),
  ...(options.eventName !== undefined && { event_name: options.eventName }),
  ...(options.source !== undefined && { source: options.source }),
  ...(options.property && { property_filters: valuesByKey('--property', options.property) }),
});

const print = (event: ListedEvent, isJson = false): void => {
  if (isJson) printJson(event);
  else console.log(eventLine(event, readTerminal().columns));
};

const usualWaitSeconds = 30;

/** `--wait ID` has the id where a number may be: an id there must be. Seconds; 0: without --wait. */
const readGet = (
  id: string | undefined,
  wait: GetOptions['wait'],
): { readonly id: string; readonly waitSeconds: number } => {
  if (id === undefined) {
    if (typeof wait !== 'string') throw new CliFailure('Give the event_id of an event.', exitCode.usage);
    return { id: wait, waitSeconds: usualWaitSeconds };
  }
  if (typeof wait !== 'string') return { id, waitSeconds: wait ? usualWaitSeconds : 0 };
  if (/^[1-9]\d{0,5}$/.test(wait)) return { id, waitSeconds: Number(wait) };
  throw new CliFailure(`--wait takes a whole number of seconds above 0, not ${wait}.`, exitCode.usage);
};

const get = async (argument: string | undefined, options: GetOptions): Promise<void> => {
  const { id, waitSeconds } = readGet(argument, options.wait);
  const { call } = connect(options);
  const waited = await waitForEvent({
    get: () => call('GET', `v1/events/lookup?id=${encodeURIComponent(id)}`),
    timeoutMs: waitSeconds * 1_000,
    now: () => performance.now(),
    delay,
  });
  if (waited.kind === 'unknown') {
    if (waitSeconds > 0) {
      throw new CliFailure(`No event ${id} has come in ${String(waitSeconds)} s. Is the id right?`, exitCode.notYet);
    }
    throw new CliFailure(`${waited.refusal.message}\nIf it was sent a moment ago, --wait waits for it.`);
  }
  if (options.json) printJson(waited.answer);
  else console.log(explainEvent(waited.answer, readTerminal()));
  if (waited.kind === 'stored' || waitSeconds === 0) return;
  tell(`It is accepted, and not stored after ${String(waitSeconds)} s.`);
  process.exitCode = exitCode.notYet;
};

const list = async (options: ListOptions): Promise<void> => {
  const { from, to, timezone = 'UTC', limit } = options;
  const range = {
    ...(from !== undefined && { start_time: instantOf(from, timezone) }),
    ...(to !== undefined && { end_time: instantOf(to, timezone) }),
  };
  let count = 0;
  // One more than is shown, to know whether there are more.
  for await (const event of listEvents(connect(options).call, { ...toFilters(options), ...range }, limit + 1)) {
    count += 1;
    if (count <= limit) print(event, options.json);
  }
  if (count > limit) tell(`These are the newest ${String(limit)}: see --limit.`);
  if (count === 0) tell(`No such event is there${from === undefined ? ' in these 7 days: see --from' : ''}.`);
};

const tail = async (options: TailOptions): Promise<void> => {
  const { call } = connect(options);
  const filters = toFilters(options);
  let before: readonly ListedEvent[] | undefined;
  tell(
    `Shown is what comes among the ${String(lookSize)} events with the newest timestamps. An event with an older timestamp is not shown when it comes: "tollgate events list" has it.`,
  );
  for (;;) {
    const now: ListedEvent[] = [];
    for await (const event of listEvents(call, filters, lookSize)) now.push(event);
    const { fresh, gap } = compareLooks(before, now);
    if (gap) {
      tell(
        `More came at once than the ${String(lookSize)} that a look sees. What is left out is in:\n${commandMark}${gapCommand(options, gap)}`,
      );
    }
    for (const event of fresh) print(event, options.json);
    before = now;
    await delay(options.interval * 1_000);
  }
};

export const addEventsCommands = (program: Command): void => {
  const events = program.command('events').description('look at events: why each was billed, or not');
  withNotes(
    withConnection(events.command('get'))
      .description('what became of one event, step by step')
      .usage('[options] <id>')
      .argument('[id]', 'its event_id')
      .option('--wait [seconds]', `wait until it is stored, at most so long (${String(usualWaitSeconds)})`),
    [
      'An event is "billed" when a line item counts it, whatever that comes to in money; "not billed" comes with the reason. It is about the catalog of now: "Changed since" tells what was otherwise when the event came. An event is accepted first and stored a moment later: --wait asks until it is, and ends with exit code 3 when it is not in time.',
    ],
    ['tollgate events get event_01JABCDEF', 'tollgate events get order-4711 --wait 60'],
  ).action((id: string | undefined, options: GetOptions) => get(id, options));
  withNotes(
    withFilters(events.command('list'))
      .description('events, newest first')
      .option('--from <time>', 'RFC 3339 or a date, inclusive (default: 7 days before --to)', timeValue)
      .option('--to <time>', 'RFC 3339 or a date, inclusive (default: now)', timeValue)
      .option('--timezone <name>', 'IANA name, for dates in --from and --to (default: UTC)', timezoneName)
      .option('--limit <n>', 'at most this many', wholeNumber, 50),
    ['A date is its midnight in --timezone.'],
    [
      'tollgate events list --customer acme --property model=large --limit 10',
      'tollgate events list --from 2026-11-01 --to 2026-11-02 --json',
    ],
  ).action((options: ListOptions) => list(options));
  withNotes(
    withFilters(events.command('tail'))
      .description('events as they come, until Ctrl-C')
      .option('--interval <seconds>', 'time between looks', wholeNumber, 1),
    [
      `Each look sees the ${String(lookSize)} events with the newest timestamps of the last 7 days. What has an older timestamp than these is not shown when it comes, and when more come between two looks, a line on stderr says which are left out. A filter makes both rarer.`,
    ],
    ['tollgate events tail --event-name api_call'],
  ).action((options: TailOptions) => tail(options));
};
