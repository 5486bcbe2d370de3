// Plans a part of a fold: which hours of its range valid day pages have, and which must be folded from the events.
import { mapConcurrently } from '../../../shared/domain/concurrency.ts';
import { type DayPage, slotMsOf } from '../../../shared/domain/usage/day-page.ts';
import type { SlotStates } from '../../../shared/domain/usage/usage-fold.ts';
import { createState, mergeState } from '../../../shared/domain/usage/usage-state.ts';
import { dateOfDays, dayOfHour, hourOf } from '../../../shared/domain/time/instant.ts';
import type { DayPageStore } from '../../../shared/store/events/day-pages.ts';
import { listHours } from './event-hours.ts';
import { counterOf, type FoldPart, type FoldSession, isClosed } from './fold-session.ts';

export interface PlannedPart extends FoldPart {
  readonly slotMs: number;
  /** All of them, the ends included; ascending. */
  readonly boundaries: readonly number[];
  /** Starts of the slots that a boundary divides: a page has only the whole of such a slot. */
  readonly divided: ReadonlySet<number>;
  /** By day: the pages that will be renewed. The others are visited and let go: together they are too many to keep. */
  readonly pages: ReadonlyMap<number, DayPage>;
  /** Hours that a page has: whoever wrote it found them closed, though this request's clock may be behind. */
  readonly valid: ReadonlySet<number>;
  /** Other closed hours, by day. */
  readonly missing: ReadonlyMap<number, readonly number[]>;
  /** Hours that are not closed yet, and that no page has. */
  readonly open: readonly number[];
  /** How many days have closed hours. */
  readonly days: number;
}

type PageReader = Pick<DayPageStore, 'readMonth'>;

const monthsAtOnce = 4;

const monthOfDay = (day: number): string => {
  const { year, month } = dateOfDays(day);
  return `${String(year)}-${String(month)}`;
};

const floorTo = (instant: number, unit: number): number => Math.floor(instant / unit) * unit;

const isInRange = ({ start, end }: FoldPart, slot: number): boolean => slot >= start && slot < end;

/** Returns the start of the slot of an instant: that of a divided slot may be a boundary. */
export const slotAt = ({ slotMs, boundaries }: PlannedPart, instant: number): number => {
  let slot = floorTo(instant, slotMs);
  for (const boundary of boundaries) if (boundary > slot && boundary <= instant) slot = boundary;
  return slot;
};

/** Returns whether a boundary divides the slot of an instant. */
export const isDivided = ({ divided, slotMs }: PlannedPart, instant: number): boolean =>
  divided.has(floorTo(instant, slotMs));

const readPages = async (
  dayPages: PageReader,
  { scope, customer }: FoldSession,
  { definition }: FoldPart,
  days: readonly number[],
): Promise<ReadonlyMap<number, DayPage>> => {
  const months = [...Map.groupBy(days, monthOfDay).values()];
  const pages = await mapConcurrently(months, monthsAtOnce, (ofMonth) => {
    const [from = 0, to = from] = [ofMonth[0], ofMonth.at(-1)];
    return dayPages.readMonth(scope, customer, definition, from, to);
  });
  return new Map(pages.flat().map((page) => [page.day, page]));
};

/** Returns the hours of a page that nothing was added to since they were folded. */
const validHours = (session: FoldSession, page: DayPage | undefined): number[] =>
  [...(page?.hours ?? [])].flatMap(([hour, counter]) => (counter === counterOf(session, hour) ? [hour] : []));

const visitPages = (part: PlannedPart): void => {
  for (const { slots } of part.pages.values()) {
    for (const [slot, state] of slots) {
      if (part.valid.has(hourOf(slot)) && !part.divided.has(slot) && isInRange(part, slot)) part.visit(slot, state);
    }
  }
};

/** Reads the pages of a part, and visits what valid ones have of its range. */
export const planPart = async (dayPages: PageReader, session: FoldSession, part: FoldPart): Promise<PlannedPart> => {
  const { definition, start, end } = part;
  const slotMs = slotMsOf(definition);
  const boundaries = [...new Set([start, end, ...(part.boundaries ?? [])])].sort((a, b) => a - b);
  const divided = new Set(boundaries.filter((at) => at % slotMs !== 0).map((at) => floorTo(at, slotMs)));
  const [first, last] = [hourOf(start), hourOf(end - 1)];
  const wanted = listHours(session.hours).filter((hour) => hour >= first && hour <= last);
  const closed = wanted.filter((hour) => isClosed(session, hour));
  const days = [...new Set(closed.map(dayOfHour))];
  const pages = await readPages(dayPages, session, part, days);
  const valid = new Set([...pages.values()].flatMap((page) => validHours(session, page)));
  const missing = Map.groupBy(
    closed.filter((hour) => !valid.has(hour)),
    dayOfHour,
  );
  const open = wanted.filter((hour) => !isClosed(session, hour) && !valid.has(hour));
  const planned = { ...part, slotMs, boundaries, divided, pages, valid, missing, open, days: days.length };
  visitPages(planned);
  return { ...planned, pages: new Map([...pages].filter(([day]) => missing.has(day))) };
};

/** Visits what was folded of the range. */
export const visitStates = (part: PlannedPart, states: SlotStates): void => {
  for (const [slot, state] of states) if (isInRange(part, slot)) part.visit(slot, state);
};

/** Returns the page of a day: what of it was valid, and the closed hours that were folded. */
export const renewPage = (
  session: FoldSession,
  part: PlannedPart,
  day: number,
  folded: readonly number[],
  states: SlotStates,
): DayPage => {
  const page = part.pages.get(day);
  const valid = new Set(validHours(session, page));
  const slots: SlotStates = new Map();
  for (const [slot, state] of page?.slots ?? []) if (valid.has(hourOf(slot))) slots.set(slot, state);
  const fresh = new Set(folded);
  for (const [slot, state] of states) {
    if (!fresh.has(hourOf(slot))) continue;
    const whole = floorTo(slot, part.slotMs);
    if (!part.divided.has(whole)) {
      slots.set(whole, state);
      continue;
    }
    const into = slots.get(whole) ?? createState();
    slots.set(whole, into);
    mergeState(into, state, part.definition.type);
  }
  return { day, hours: new Map([...valid, ...fresh].map((hour) => [hour, counterOf(session, hour)])), slots };
};
