// tollgate events tail: follows new events, live where the stage records arrivals, else by polling the newest page.
import { setTimeout as delay } from 'node:timers/promises';
import { connect, type ConnectionOptions } from '../client/connection.ts';
import { type ListedEvent, listEvents, type ListFilters } from '../client/event-list.ts';
import { createLiveLooks, type LiveLook, liveParameters } from '../client/live-events.ts';
import { compareLooks, gapCommand, lookSize, type TailFilters } from '../client/tail-events.ts';
import { judgedLine } from '../print/event-text.ts';
import { Refusal } from '../process/failure.ts';
import { printJson, readTerminal, tell } from '../process/terminal.ts';
import { commandMark } from '../process/text-width.ts';

export interface TailOptions extends ConnectionOptions, TailFilters {
  /** Seconds. */
  readonly interval: number;
}

const print = (event: ListedEvent, isJson = false): void => {
  if (isJson) printJson(event);
  else console.log(judgedLine(event, readTerminal().columns));
};

/** Looks once, live; undefined: the stage cannot be followed. */
const lookLive = async (look: () => Promise<LiveLook>): Promise<LiveLook | undefined> => {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid_operation') return undefined;
    throw error;
  }
};

/** Follows until Ctrl-C. It ends when the stage cannot be followed. */
const followLive = async (look: () => Promise<LiveLook>, { interval, json }: TailOptions): Promise<void> => {
  for (let answer = await lookLive(look); answer; answer = await lookLive(look)) {
    if (answer.isMissed) tell('Nothing was asked for so long that events may have been missed.');
    for (const event of answer.events) print(event, json);
    if (!answer.hasMore) await delay(interval * 1_000);
  }
};

const collect = async (events: AsyncIterable<ListedEvent>): Promise<readonly ListedEvent[]> => {
  const collected: ListedEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
};

/** Polls the newest page until Ctrl-C. Verdicts are asked for only when there is something new. */
const pollNewest = async (
  call: ReturnType<typeof connect>['call'],
  filters: ListFilters,
  options: TailOptions,
): Promise<never> => {
  let before: readonly ListedEvent[] | undefined;
  for (;;) {
    const now = await collect(listEvents(call, filters, lookSize));
    const { fresh, gap } = compareLooks(before, now);
    if (gap) {
      tell(
        `More events arrived at once than the ${String(lookSize)} that can be shown. To list the rest:\n${commandMark}${gapCommand(options, gap)}`,
      );
    }
    const [oldest] = fresh;
    const since: ListFilters = { ...filters, expand: ['verdict'], ...(oldest && { start_time: oldest.timestamp }) };
    const judged = oldest ? await collect(listEvents(call, since, lookSize)) : [];
    for (const event of fresh) print(judged.find(({ id }) => id === event.id) ?? event, options.json);
    before = now;
    await delay(options.interval * 1_000);
  }
};

export const tailEvents = async (filters: ListFilters, options: TailOptions): Promise<void> => {
  const { call } = connect(options);
  const parameters = liveParameters(filters);
  if (parameters) await followLive(createLiveLooks(call, parameters), options);
  const cause = parameters ? 'live is off on this stage' : 'a property with "," ";" or ":" cannot be followed live';
  tell(
    `Polling, because ${cause}: new events are shown if they are among the ${String(lookSize)} with the newest timestamps. For events with older timestamps, use "tollgate events list".`,
  );
  await pollNewest(call, filters, options);
};
