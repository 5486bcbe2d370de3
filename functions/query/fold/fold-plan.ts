// What a fold needs of a range, part by part: which hours valid day pages hold, and which must be folded from the events.
import { mapConcurrently } from '../../../shared/domain/concurrency.ts';
import { type DayPage, slotMsOf } from '../../../shared/domain/usage/day-page.ts';
import type { Definition } from '../../../shared/domain/usage/definition.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { dateOfDays, dayOfHour, hourOf, msPerHour } from '../../../shared/domain/time/instant.ts';
import { graceMs, marginMs } from '../../../shared/domain/events/late-hour.ts';
import type { SlotStates } from '../../../shared/domain/usage/usage-fold.ts';
import { createState, mergeState, type UsageState } from '../../../shared/domain/usage/usage-state.ts';
import type { DayPageStore } from '../../../shared/store/events/day-pages.ts';
import type { FoldBudget } from './read-budget.ts';
import { type EventHours, listHours } from './event-hours.ts';

/** Is told every slot of the range that has events, once each or in pieces; keep nothing of the state. */
export type VisitSlot = (slot: number, state: UsageState) => void;

export interface FoldPart {
  readonly definition: Definition;
  /** Half-open, UTC milliseconds. */
  readonly start: number;
  readonly end: number;
  /** Where slots are cut beside the ends, so that what is visited lies on one side of each. */
  readonly cuts?: readonly number[];
  readonly visit: VisitSlot;
}

export interface FoldRequest {
  readonly scope: Scope;
  /** null: the whole scope. */
  readonly customer: string | null;
  readonly parts: readonly FoldPart[];
}

const monthsAtOnce = 4;

const monthOfDay = (day: number): string => {
  const { year, month } = dateOfDays(day);
  return `${String(year)}-${String(month)}`;
};

type PageReader = Pick<DayPageStore, 'readMonth'>;

/** One request on its way. */
export interface Walk {
  readonly request: FoldRequest;
  readonly hours: EventHours;
  readonly budget: FoldBudget;
  /**
   * How many closed hours of the whole scope are folded at once next: one at first, so that there is one to keep whenever it
   * fits into the request by itself.
   */
  readonly nextWidth: () => number;
}

/** One part of it: which hours are in its pages, and which are not. */
export interface Plan {
  readonly part: FoldPart;
  readonly slotMs: number;
  /** Ascending. */
  readonly cuts: readonly number[];
  /** Beginnings of slots that a cut goes through: of those a page knows only the whole. */
  readonly through: ReadonlySet<number>;
  /** By day: the pages that are made anew. The others are visited and let go: together they are too many to keep. */
  readonly pages: ReadonlyMap<number, DayPage>;
  /** Hours that a page holds: whoever made it found them closed, though this request's clock may be behind. */
  readonly valid: ReadonlySet<number>;
  /** Other closed hours, by day. */
  readonly missing: ReadonlyMap<number, readonly number[]>;
  /** Hours that are not closed yet, and that no page holds. */
  readonly open: readonly number[];
  readonly days: number;
}

const floorTo = (instant: number, unit: number): number => Math.floor(instant / unit) * unit;

const isClosed = ({ hours }: Walk, hour: number): boolean => (hour + 1) * msPerHour + graceMs + marginMs < hours.now;
const counterOf = ({ hours }: Walk, hour: number): number => hours.counters.get(hour) ?? 0;
const isInRange = ({ part }: Plan, slot: number): boolean => slot >= part.start && slot < part.end;

/** The slot of an instant: slots are cut at the cuts. */
export const slotAt = ({ slotMs, cuts }: Plan, instant: number): number => {
  let slot = floorTo(instant, slotMs);
  for (const cut of cuts) if (cut > slot && cut <= instant) slot = cut;
  return slot;
};

/** Whether a cut goes through the slot that holds an instant. */
export const isCutSlot = ({ through, slotMs }: Plan, instant: number): boolean => through.has(floorTo(instant, slotMs));

const readPages = async (
  dayPages: PageReader,
  { request: { scope, customer } }: Walk,
  { definition }: FoldPart,
  days: readonly number[],
): Promise<Map<number, DayPage>> => {
  const months = [...Map.groupBy(days, monthOfDay).values()];
  const pages = await mapConcurrently(months, monthsAtOnce, (ofMonth) => {
    const [from = 0, to = from] = [ofMonth[0], ofMonth.at(-1)];
    return dayPages.readMonth(scope, customer, definition, from, to);
  });
  return new Map(pages.flat().map((page) => [page.day, page]));
};

/** Hours of a page that nothing was added to since they were folded. */
const validHours = (walk: Walk, page: DayPage | undefined): number[] =>
  [...(page?.hours ?? [])].flatMap(([hour, counter]) => (counter === counterOf(walk, hour) ? [hour] : []));

const visitPages = (plan: Plan): void => {
  for (const { slots } of plan.pages.values()) {
    for (const [slot, state] of slots) {
      if (plan.valid.has(hourOf(slot)) && !plan.through.has(slot) && isInRange(plan, slot))
        plan.part.visit(slot, state);
    }
  }
};

/** Visits what valid pages know of the range. */
export const planPart = async (dayPages: PageReader, walk: Walk, part: FoldPart): Promise<Plan> => {
  const slotMs = slotMsOf(part.definition);
  const cuts = [...new Set([part.start, part.end, ...(part.cuts ?? [])])].sort((a, b) => a - b);
  const through = new Set(cuts.filter((cut) => cut % slotMs !== 0).map((cut) => floorTo(cut, slotMs)));
  const [first, last] = [hourOf(part.start), hourOf(part.end - 1)];
  const wanted = listHours(walk.hours).filter((hour) => hour >= first && hour <= last);
  const closed = wanted.filter((hour) => isClosed(walk, hour));
  const days = [...new Set(closed.map(dayOfHour))];
  const pages = await readPages(dayPages, walk, part, days);
  const valid = new Set([...pages.values()].flatMap((page) => validHours(walk, page)));
  const missing = Map.groupBy(
    closed.filter((hour) => !valid.has(hour)),
    dayOfHour,
  );
  const open = wanted.filter((hour) => !isClosed(walk, hour) && !valid.has(hour));
  const plan: Plan = { part, slotMs, cuts, through, pages, valid, missing, open, days: days.length };
  visitPages(plan);
  return { ...plan, pages: new Map([...pages].filter(([day]) => missing.has(day))) };
};

export const visitStates = (plan: Plan, states: SlotStates): void => {
  for (const [slot, state] of states) if (isInRange(plan, slot)) plan.part.visit(slot, state);
};

/** The page of a day: what of it was valid, and the closed hours that were folded. */
export const renew = (walk: Walk, plan: Plan, day: number, folded: readonly number[], states: SlotStates): DayPage => {
  const page = plan.pages.get(day);
  const valid = new Set(validHours(walk, page));
  const slots: SlotStates = new Map();
  for (const [slot, state] of page?.slots ?? []) if (valid.has(hourOf(slot))) slots.set(slot, state);
  const fresh = new Set(folded);
  for (const [slot, state] of states) {
    if (!fresh.has(hourOf(slot))) continue;
    const whole = floorTo(slot, plan.slotMs);
    if (!plan.through.has(whole)) {
      slots.set(whole, state);
      continue;
    }
    const into = slots.get(whole) ?? createState();
    slots.set(whole, into);
    mergeState(into, state, plan.part.definition.type);
  }
  return { day, hours: new Map([...valid, ...fresh].map((hour) => [hour, counterOf(walk, hour)])), slots };
};
