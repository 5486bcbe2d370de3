// Reads events in list order, a run at a time, for readers that look at each of them: lists by verdict, failures by cause. Reading
// is bounded as that of a page, and stops at a position after the one it began at.
import { createBoundedList } from '../../../shared/domain/bounded-list.ts';
import type { VerdictCounts } from '../../../shared/domain/codec/decision-table.ts';
import { compareInOrder, type EventPosition } from '../../../shared/domain/events/event-order.ts';
import { readEventHours } from '../fold/event-hours.ts';
import { createBudget, type FoldBudget, type ListBounds } from '../fold/read-budget.ts';
import { isOfLowerPart, type ListedEvent, streamCustomer, streamScope } from './event-streams.ts';
import { type PageRequest, rangeFrom, type ReadPageDeps } from './read-page.ts';

export interface ReadInOrderDeps extends ReadPageDeps {
  /** Starts the clock of the request. */
  readonly startBudget: () => Pick<FoldBudget, 'isSpent'>;
}

export interface InOrderRequest extends Omit<PageRequest, 'wanted' | 'isCounting'> {
  /** Events of the first run, at least 1; the last run may have fewer. */
  readonly runSize: number;
  /** Each run has twice as many as the one before it, up to so many; left out: all have the same. */
  readonly mostPerRun?: number;
  /** Whether any events of a part are wanted by what was decided when they came. A part that is not wanted may be left out. */
  readonly isDecidedSo?: ((verdicts: VerdictCounts) => boolean) | undefined;
}

/** `stopped`: the last step, if there may be more; all events that come before the position, or are at it, have come. */
export type InOrderStep =
  | { readonly kind: 'run'; readonly events: readonly ListedEvent[] }
  | { readonly kind: 'stopped'; readonly at: EventPosition };

/** Reads each event once, in list order. Throws as `readPage` does. */
export async function* readInOrder(
  deps: ReadInOrderDeps,
  request: InOrderRequest,
  bounds: ListBounds,
): AsyncGenerator<InOrderStep> {
  const { scope, customer, eventName, order, matches, isDecidedSo } = request;
  const { runSize, mostPerRun = runSize } = request;
  const range = rangeFrom(request);
  if (range.end < range.start) return;
  const compare = compareInOrder(order);
  const isDescending = order === 'desc';
  const [begin, end] = isDescending ? [range.end + 1, range.start] : [range.start, range.end + 1];
  const from = request.from ?? { timestamp: begin, id: '' };
  const most = Math.max(1, bounds.events);
  const kept = createBoundedList<ListedEvent>(compare, most, isOfLowerPart);
  const budget = createBudget(bounds);
  const clock = deps.startBudget();
  let given: EventPosition = from;
  let givenCount = 0;
  let size = runSize;

  const isWanted = (name: string, oldest: number, newest: number): boolean => {
    if ((eventName !== '' && name !== eventName) || newest < range.start || oldest > range.end) return false;
    const worst = kept.worst();
    return worst === undefined || (isDescending ? newest >= worst.timestamp : oldest <= worst.timestamp);
  };
  const take = (event: ListedEvent): void => {
    const { timestamp, name } = event;
    if (timestamp < range.start || timestamp > range.end || (eventName !== '' && name !== eventName)) return;
    if (compare(event, given) > 0 && matches(event)) kept.add(event);
  };
  const give = (count: number): InOrderStep => {
    const events = kept.takeFirst(count);
    given = events.at(-1) ?? given;
    givenCount += events.length;
    size = Math.min(size * 2, mostPerRun);
    return { kind: 'run', events };
  };

  const hours = await readEventHours(deps, scope, customer, range);
  const asked = { scope, hours, order, range, isWanted, isDecidedSo, budget };
  const steps = customer === null ? streamScope(deps, asked) : streamCustomer(deps, asked, customer);
  for await (const { events, read, bound } of steps) {
    for (const event of events) take(event);
    budget.spendEvents(read);
    if (isDescending ? bound <= end : bound >= end) break;
    const stop = { timestamp: bound, id: '' };
    const first = kept.items.findIndex((event) => compare(event, stop) >= 0);
    let complete = first === -1 ? kept.items.length : first;
    // A part that is read after all may lie before what was given.
    const at = compare(given, stop) < 0 ? stop : given;
    const isSpent = (budget.isSpent() || clock.isSpent()) && compare(from, at) < 0;
    const isLast = isSpent && (complete > 0 || givenCount > 0 || kept.items.length === 0);
    while (complete >= size || (isLast && complete > 0)) {
      const count = Math.min(complete, size);
      complete -= count;
      yield give(count);
      if (givenCount === most) {
        yield { kind: 'stopped', at: given };
        return;
      }
    }
    if (isLast) {
      yield { kind: 'stopped', at };
      return;
    }
  }
  while (kept.items.length > 0) yield give(size);
  if (givenCount === most) yield { kind: 'stopped', at: given };
}
