// Finds the events of a list that asks for verdicts: those that a filter by verdict asks for, up to the last event that one request
// examines; or the verdicts of a page that was read without such a filter.
import { type VerdictQuestion } from '../../../shared/api/events/verdict-question.ts';
import type { EventPosition } from '../../../shared/domain/events/event-order.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import type { ListBounds } from '../fold/read-budget.ts';
import type { ListedEvent } from './event-streams.ts';
import {
  createExaminer,
  decidedSo,
  type ExamineBounds,
  type ExamineDeps,
  examineBounds,
  type ExaminedEvent,
} from './examine-events.ts';
import { readInOrder, type ReadInOrderDeps } from './read-in-order.ts';
import type { PageRequest } from './read-page.ts';

export type ListByVerdictDeps = ReadInOrderDeps & ExamineDeps;

export interface VerdictPage {
  readonly events: readonly ExaminedEvent[];
  /** The last event examined, or a position after it, if there may be more. */
  readonly stoppedAt: EventPosition | undefined;
  readonly examined: number;
  readonly catalogVersion: number;
}

/** Most events that are examined at a time. A small page begins with few, because the accounts of the others may be read for nothing. */
const eventsAtOnce = 200;

/** Finds the events that a filter by verdict asks for, at most `pageSize`. Throws as `readPage` does. */
export const findByVerdict = async (
  deps: ListByVerdictDeps,
  scope: Scope,
  { page, pageSize, question }: { page: PageRequest; pageSize: number; question: VerdictQuestion },
  bounds: ListBounds & Partial<ExamineBounds>,
): Promise<VerdictPage> => {
  const examiner = createExaminer(deps, scope, question, { ...examineBounds, ...bounds });
  const clock = deps.startBudget();
  const found: ExaminedEvent[] = [];
  let examined = 0;
  let last: EventPosition | undefined;
  const end = async (stoppedAt?: EventPosition): Promise<VerdictPage> => {
    return { events: found, stoppedAt, examined, catalogVersion: await examiner.catalogVersion() };
  };
  const sizes = { runSize: Math.min(pageSize + 1, eventsAtOnce), mostPerRun: eventsAtOnce };
  const request = { ...page, ...sizes, isDecidedSo: decidedSo(question) };
  for await (const step of readInOrder(deps, request, bounds)) {
    if (step.kind === 'stopped') return end(step.at);
    // The page was full before, or the time is over: this run shows that there are more.
    if (found.length >= pageSize || (last && clock.isSpent())) return end(last);
    const { shown, count } = await examiner.examine(step.events, pageSize - found.length);
    found.push(...shown);
    examined += count;
    last = step.events[count - 1] ?? last;
    if (count < step.events.length) return end(last);
  }
  return end();
};

/** Finds the verdicts of events, in their order, as many as one request decides: at least one. */
export const addVerdicts = async (
  deps: ListByVerdictDeps,
  scope: Scope,
  { events, question }: { events: readonly ListedEvent[]; question: VerdictQuestion },
  bounds: Partial<ExamineBounds>,
): Promise<Omit<VerdictPage, 'stoppedAt'>> => {
  const examiner = createExaminer(deps, scope, question, { ...examineBounds, ...bounds });
  const clock = deps.startBudget();
  const found: ExaminedEvent[] = [];
  for (let first = 0; first < events.length && !(first > 0 && clock.isSpent()); first += eventsAtOnce) {
    const given = events.slice(first, first + eventsAtOnce);
    const { shown, count } = await examiner.examine(given, given.length);
    found.push(...shown);
    if (count < given.length) break;
  }
  return { events: found, examined: found.length, catalogVersion: await examiner.catalogVersion() };
};
