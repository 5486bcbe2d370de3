// Pages through the event list.
import * as v from 'valibot';
import { readAs } from './answer.ts';
import { goOn, type ListCursor } from './list-cursor.ts';

export interface ListFilters {
  readonly external_customer_id?: string;
  readonly event_name?: string;
  readonly source?: string;
  readonly property_filters?: Readonly<Record<string, readonly string[]>>;
  readonly start_time?: string;
  readonly end_time?: string;
  readonly status?: readonly string[];
  readonly failure_point_types?: readonly string[];
  readonly warning_codes?: readonly string[];
  readonly expand?: readonly ['verdict'];
}

const VerdictSchema = v.looseObject({
  status: v.string(),
  failure_point_type: v.optional(v.string(), ''),
  warnings: v.array(v.looseObject({ code: v.string() })),
});
export type EventVerdict = v.InferOutput<typeof VerdictSchema>;

export const EventSchema = v.looseObject({
  id: v.string(),
  external_customer_id: v.string(),
  event_name: v.string(),
  timestamp: v.string(),
  properties: v.nullable(v.record(v.string(), v.unknown())),
  verdict: v.optional(VerdictSchema),
});
export type ListedEvent = v.InferOutput<typeof EventSchema>;

const PageSchema = v.object({
  events: v.array(EventSchema),
  has_more: v.boolean(),
  iter_last_key: v.optional(v.string()),
});

const maxPage = 500;

/** Lists events, newest first, at most `limit`. */
export async function* listEvents(
  call: (method: string, path: string, body: unknown) => Promise<unknown>,
  filters: ListFilters,
  limit: number,
): AsyncGenerator<ListedEvent> {
  let left = limit;
  let position: ListCursor | undefined = {};
  while (position && left > 0) {
    const request = { ...filters, ...position, page_size: Math.min(left, maxPage) };
    const answer = await call('POST', 'v1/events/query', request);
    const page: v.InferOutput<typeof PageSchema> = readAs(PageSchema, answer, 'events');
    yield* page.events;
    left -= page.events.length;
    position = goOn(position, page);
  }
}
