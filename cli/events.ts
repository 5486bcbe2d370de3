// tollgate events: get (why was it billed, or not), list and tail.
import { setTimeout as delay } from 'node:timers/promises';
import { type Command } from 'commander';
import { connect, type ConnectionOptions, withConnection } from './connection.ts';
import { type ListedEvent, listEvents, type ListFilters } from './event-list.ts';
import { explainEvent } from './explain-event.ts';
import { collected, valuesByKey, wholeNumber } from './option-values.ts';

interface FilterOptions extends ConnectionOptions {
  readonly customer?: string;
  readonly eventName?: string;
  readonly source?: string;
  readonly property?: readonly string[];
}
interface ListOptions extends FilterOptions {
  readonly from?: string;
  readonly to?: string;
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
  const { timestamp, id, event_name: name, external_customer_id: customer, properties } = event;
  console.log(
    isJson
      ? JSON.stringify(event)
      : `${timestamp.padEnd(24)}  ${name}  ${customer}  ${id}  ${properties === null ? '' : JSON.stringify(properties)}`,
  );
};

const get = async (id: string, options: ConnectionOptions): Promise<void> => {
  const answer = await connect(options).call('GET', `v1/events/lookup?id=${encodeURIComponent(id)}`);
  console.log(options.json ? JSON.stringify(answer, undefined, 2) : explainEvent(answer));
};

const list = async (options: ListOptions): Promise<void> => {
  const range = {
    ...(options.from !== undefined && { start_time: options.from }),
    ...(options.to !== undefined && { end_time: options.to }),
  };
  const found = listEvents(connect(options).call, { ...toFilters(options), ...range }, options.limit);
  for await (const event of found) print(event, options.json);
};

const tailPage = 200;

/** Shows what is new among the newest events, oldest first. */
const tail = async (options: TailOptions): Promise<void> => {
  const { call } = connect(options);
  const filters = toFilters(options);
  let seen: ReadonlySet<string> | undefined;
  for (;;) {
    const newest: ListedEvent[] = [];
    for await (const event of listEvents(call, filters, tailPage)) newest.push(event);
    for (const event of newest.toReversed()) if (seen && !seen.has(event.id)) print(event, options.json);
    seen = new Set(newest.map(({ id }) => id));
    await delay(options.interval * 1_000);
  }
};

export const addEventsCommands = (program: Command): void => {
  const events = program.command('events').description('look at events: why each was billed, or not');
  withConnection(events.command('get'))
    .description('what became of one event, step by step')
    .argument('<id>', 'its event_id')
    .addHelpText('after', '\nExample:\n  $ tollgate events get event_01JABCDEF')
    .action((id: string, options: ConnectionOptions) => get(id, options));
  withFilters(events.command('list'))
    .description('events, newest first')
    .option('--from <time>', 'RFC 3339, inclusive (default: 7 days before --to)')
    .option('--to <time>', 'RFC 3339, inclusive (default: now)')
    .option('--limit <n>', 'at most this many', wholeNumber, 50)
    .addHelpText(
      'after',
      '\nWith --json, one event per line.\n\nExample:\n  $ tollgate events list --customer acme --property model=large --limit 10',
    )
    .action((options: ListOptions) => list(options));
  withFilters(events.command('tail'))
    .description('events as they come, until Ctrl-C')
    .option('--interval <seconds>', 'time between looks', wholeNumber, 1)
    .addHelpText(
      'after',
      `\nLooks at the ${String(tailPage)} events with the newest timestamps each time.\n\nExample:\n  $ tollgate events tail --event-name api_call`,
    )
    .action((options: TailOptions) => tail(options));
};
