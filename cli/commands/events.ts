// tollgate events: get (why an event was billed or not), list and tail; failures has a file of its own.
import { setTimeout as delay } from 'node:timers/promises';
import { type Command } from 'commander';
import { connect, type ConnectionOptions, withConnection } from '../client/connection.ts';
import { type ListedEvent, listEvents, type ListFilters } from '../client/event-list.ts';
import { addFailuresCommand } from './event-failures.ts';
import { eventTable } from '../print/event-table.ts';
import { explainEvent } from '../print/explain-event.ts';
import { CliFailure, exitCode } from '../process/failure.ts';
import { withNotes } from '../process/help.ts';
import { collected, instantOf, timezoneName, timeValue, valuesByKey, wholeNumber } from '../process/option-values.ts';
import { printJson, readTerminal, tell } from '../process/terminal.ts';
import { waitForEvent } from '../client/wait-for-event.ts';
import { tailEvents, type TailOptions } from './tail.ts';
import { listedWarningCodes } from '../../shared/api/events/verdict-question.ts';
import { failurePoints } from '../../shared/domain/matching/decision.ts';

interface GetOptions extends ConnectionOptions {
  /** true: passed without a number of seconds. */
  readonly wait?: string | true;
}
interface FilterOptions extends ConnectionOptions {
  readonly customer?: string;
  readonly eventName?: string;
  readonly source?: string;
  readonly property?: readonly string[];
}
interface ListOptions extends FilterOptions {
  readonly status?: readonly string[];
  readonly failurePoint?: readonly string[];
  readonly warning?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly timezone?: string;
  readonly limit: number;
}

const withFilters = (command: Command): Command =>
  withConnection(command)
    .option('--customer <external id>', 'only events of this customer')
    .option('--event-name <name>', 'only events of this name')
    .option('--source <source>', 'only events from this source')
    .option('--property <key=value>', 'only events with this property; repeatable', collected);

const toFilters = (options: FilterOptions): ListFilters => ({
  ...(options.customer !== undefined && { external_customer_id: options.customer }),
  ...(options.eventName !== undefined && { event_name: options.eventName }),
  ...(options.source !== undefined && { source: options.source }),
  ...(options.property && { property_filters: valuesByKey('--property', options.property) }),
});

const toVerdictFilters = ({ status, failurePoint, warning }: ListOptions): ListFilters => ({
  ...(status && { status }),
  ...(failurePoint && { failure_point_types: failurePoint }),
  ...(warning && { warning_codes: warning }),
  expand: ['verdict'],
});

const usualWaitSeconds = 30;

/** Reads the id and the seconds to wait (0 without --wait). In `--wait ID` the id stands where the seconds may be. */
const readGet = (
  id: string | undefined,
  wait: GetOptions['wait'],
): { readonly id: string; readonly waitSeconds: number } => {
  if (id === undefined) {
    if (typeof wait !== 'string')
      throw new CliFailure('Missing event id. Pass the event_id of an event.', exitCode.usage);
    return { id: wait, waitSeconds: usualWaitSeconds };
  }
  if (typeof wait !== 'string') return { id, waitSeconds: wait ? usualWaitSeconds : 0 };
  if (/^[1-9]\d{0,5}$/.test(wait)) return { id, waitSeconds: Number(wait) };
  throw new CliFailure(`--wait must be a whole number of seconds greater than 0, not ${wait}.`, exitCode.usage);
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
      throw new CliFailure(`No event ${id} arrived within ${String(waitSeconds)} s. Is the id right?`, exitCode.notYet);
    }
    throw new CliFailure(`${waited.refusal.message}\nIf it was just sent, --wait waits for it.`);
  }
  if (options.json) printJson(waited.answer);
  else console.log(explainEvent(waited.answer, readTerminal()));
  if (waited.kind === 'stored' || waitSeconds === 0) return;
  tell(`It is accepted but still not stored after ${String(waitSeconds)} s.`);
  process.exitCode = exitCode.notYet;
};

/** A longer list is shown as several tables, each once its events have come. */
const rowsPerTable = 500;

const list = async (options: ListOptions): Promise<void> => {
  const { from, to, timezone = 'UTC', limit } = options;
  const range = {
    ...(from !== undefined && { start_time: instantOf(from, timezone) }),
    ...(to !== undefined && { end_time: instantOf(to, timezone) }),
  };
  const filters = { ...toFilters(options), ...toVerdictFilters(options), ...range };
  let count = 0;
  let rows: ListedEvent[] = [];
  const printRows = (): void => {
    if (rows.length > 0) console.log(eventTable(rows, readTerminal()));
    rows = [];
  };
  // Reads one more than is shown, to know whether there are more.
  for await (const event of listEvents(connect(options).call, filters, limit + 1)) {
    count += 1;
    if (count > limit) break;
    if (options.json) printJson(event);
    else if (rows.push(event) === rowsPerTable) printRows();
  }
  printRows();
  if (count > limit) tell(`Only the newest ${String(limit)} are shown: see --limit.`);
  if (count === 0) tell(`There are no such events${from === undefined ? ' in these 7 days: see --from' : ''}.`);
};

export const addEventsCommands = (program: Command): void => {
  const events = program.command('events').description('show events, and why each was billed or not');
  withNotes(
    withConnection(events.command('get'))
      .description('explain one event, step by step')
      .usage('[options] <id>')
      .argument('[id]', 'the event_id of the event')
      .option('--wait [seconds]', `wait until it is stored, at most this long (default: ${String(usualWaitSeconds)})`),
    [
      'An event is "billed" when a line item counts it, even if that adds nothing to the amount; "not billed" comes with the reason. The answer applies the current catalog: "Changed since" shows what was different when the event was received. An event is accepted first and stored a moment later: --wait polls until it is stored, and exits with code 3 if it is not stored in time.',
    ],
    ['tollgate events get event_01JABCDEF', 'tollgate events get order-4711 --wait 60'],
  ).action((id: string | undefined, options: GetOptions) => get(id, options));
  withNotes(
    withFilters(events.command('list'))
      .description('list events, newest first')
      .option('--from <time>', 'RFC 3339 or a date, inclusive (default: 7 days before --to)', timeValue)
      .option('--to <time>', 'RFC 3339 or a date, inclusive (default: now)', timeValue)
      .option('--timezone <name>', 'IANA name, for dates in --from and --to (default: UTC)', timezoneName)
      .option('--status <status>', 'only events that are processed (billed) or failed (not billed)', collected)
      .option('--failure-point <step>', 'only events for which this step found nothing; repeatable', collected)
      .option('--warning <code>', 'only events with this warning; repeatable', collected)
      .option('--limit <n>', 'at most this many', wholeNumber, 50),
    [
      'A date means midnight in --timezone.',
      `Status and reason are by the current catalog. The steps are ${failurePoints.join(', ')}; the warnings are ${listedWarningCodes.join(', ')}.`,
    ],
    [
      'tollgate events list --status failed --failure-point customer_lookup',
      'tollgate events list --customer acme --property model=large --limit 10',
      'tollgate events list --from 2026-11-01 --to 2026-11-02 --json',
    ],
  ).action((options: ListOptions) => list(options));
  withNotes(
    withFilters(events.command('tail'))
      .description('follow new events until Ctrl-C')
      .option('--interval <seconds>', 'time between polls', wholeNumber, 1),
    [
      'Events come in the order in which they are stored, whatever their timestamps, each with its verdict by the current catalog. Where live is off (on AWS, a stage deployed without -c live=on), each poll sees the 200 events with the newest timestamps of the last 7 days instead, and a line on stderr says so.',
    ],
    ['tollgate events tail --event-name api_call'],
  ).action((options: TailOptions) => tailEvents(toFilters(options), options));
  addFailuresCommand(events);
};
