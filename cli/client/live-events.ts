// Follows events live, from a cursor to the next, and drops those that come again after a redelivery.
import * as v from 'valibot';
import { readAs } from './answer.ts';
import { EventSchema, type ListedEvent, type ListFilters } from './event-list.ts';

const LiveSchema = v.object({
  events: v.array(EventSchema),
  cursor: v.string(),
  has_more: v.boolean(),
  missed: v.boolean(),
});

export interface LiveLook {
  /** In the order in which they were stored. */
  readonly events: readonly ListedEvent[];
  /** Events may have been missed before these, because the cursor could not be followed. */
  readonly isMissed: boolean;
  /** More are stored already. */
  readonly hasMore: boolean;
}

/** Ids that are remembered: redeliveries come within minutes. */
const rememberedIds = 20_000;
const limit = 500;

/** Returns whether a text may stand in the query's `key:value,value;key:value`. */
const isPlain = (text: string, separators: RegExp): boolean => !separators.test(text);

/** Returns the parameters of a live request; undefined: a property cannot be written in a query. */
export const liveParameters = ({
  property_filters: properties = {},
  ...filters
}: ListFilters): URLSearchParams | undefined => {
  const entries = Object.entries(properties);
  const isWritable = entries.every(
    ([key, values]) => isPlain(key, /[:;]/) && values.every((value) => isPlain(value, /[,;]/)),
  );
  if (!isWritable) return undefined;
  const parameters = new URLSearchParams({ limit: String(limit) });
  for (const [name, value] of Object.entries(filters)) if (typeof value === 'string') parameters.set(name, value);
  const text = entries.map(([key, values]) => `${key}:${values.join(',')}`).join(';');
  if (text !== '') parameters.set('property_filters', text);
  return parameters;
};

/** Follows: each look asks once. The first only finds the cursor, because what is there already is not new. */
export const createLiveLooks = (
  call: (method: string, path: string) => Promise<unknown>,
  parameters: URLSearchParams,
): (() => Promise<LiveLook>) => {
  const seen = new Set<string>();
  let cursor: string | undefined;
  const isNew = ({ id }: ListedEvent): boolean => {
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > rememberedIds && oldest !== undefined) seen.delete(oldest);
    return true;
  };
  return async () => {
    const asked = new URLSearchParams(parameters);
    if (cursor !== undefined) asked.set('after', cursor);
    const answer = readAs(LiveSchema, await call('GET', `v1/events/live?${asked.toString()}`), 'live events');
    const isFirst = cursor === undefined;
    cursor = answer.cursor;
    const events = answer.events.filter(isNew);
    return { events: isFirst ? [] : events, isMissed: answer.missed, hasMore: answer.has_more };
  };
};
