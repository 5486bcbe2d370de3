// The fold: what events come to for a definition, by slot of time.
import type { Definition } from './definition.ts';
import { addNumber, addQuantity, type Factor, one } from '../numbers/exact-sum.ts';
import { decimal } from '../numbers/quantity.ts';
import { type FoldedColumns, factorOf, type Measured, readEvents } from './event-reading.ts';
import { createState, type GroupState, groupOf, isLater, raiseMax, type UsageState } from './usage-state.ts';

/** By the beginning of a slot, UTC milliseconds. */
export type SlotStates = Map<number, UsageState>;

const msPerSecond = 1_000;

type Counted = Exclude<Measured, { readonly kind: 'excluded' }>;

const addToSums = ({ sum, moment }: GroupState, measured: Counted, factor: Factor, timestamp: number): void => {
  if (!sum || (typeof measured !== 'number' && measured.kind === 'unique')) return;
  if (typeof measured === 'number') addNumber(sum, measured, factor);
  else addQuantity(sum, measured.quantity);
  if (!moment) return;
  const seconds = Math.floor(timestamp / msPerSecond);
  if (typeof measured === 'number') addNumber(moment, measured, { mantissa: seconds, exponent: 0 });
  else addQuantity(moment, measured.quantity.times(decimal(String(seconds))));
};

const count = (group: GroupState, measured: Counted): void => {
  group.counted += 1;
  if (typeof measured === 'number') return;
  if (measured.kind === 'unique') group.unique?.add(measured.hash);
  else if (measured.isZeroFor) group[measured.isZeroFor] += 1;
};

const raiseLatest = (group: GroupState, measured: Counted, timestamp: number, idOf: () => string): void => {
  if (typeof measured !== 'number' && measured.kind === 'unique') return;
  if (group.latest && timestamp < group.latest.timestamp) return;
  const amount = typeof measured === 'number' ? measured : measured.quantity;
  const candidate = { timestamp, id: idOf(), amount };
  if (isLater(candidate, group.latest)) group.latest = candidate;
};

/**
 * Adds the events of some columns to the slots they belong to. `slotOf` answers the beginning of an event's slot, undefined
 * for an event that is not asked for; `isOwn` false: the event was there before. Throws SegmentFormatError.
 */
export const foldInto = (
  states: SlotStates,
  definition: Definition,
  columns: FoldedColumns,
  slotOf: (timestamp: number) => number | undefined,
  isOwn?: (event: number) => boolean,
): void => {
  const { type } = definition;
  const { matches, groupKey, measured } = readEvents(definition, columns);
  const factor = factorOf(definition) ?? one;
  let ids: readonly string[] | undefined;
  let lastSlot: number | undefined;
  let state: UsageState | undefined;
  for (let event = 0; event < columns.count; event += 1) {
    const timestamp = columns.timestamps[event] ?? 0;
    const slot = slotOf(timestamp);
    if (slot === undefined || isOwn?.(event) === false) continue;
    if (state === undefined || slot !== lastSlot) {
      state = states.get(slot);
      if (state === undefined) states.set(slot, (state = createState()));
      lastSlot = slot;
    }
    if (!matches(event)) {
      state.excluded.filter += 1;
      continue;
    }
    const value = measured(event);
    if (typeof value !== 'number' && value.kind === 'excluded') {
      state.excluded[value.reason] += 1;
      continue;
    }
    const group = groupOf(state, groupKey(event), type);
    count(group, value);
    addToSums(group, value, factor, timestamp);
    if (type === 'MAX') raiseMaxBy(group, value);
    else if (type === 'LATEST') {
      const place = event;
      raiseLatest(group, value, timestamp, () => (ids ??= columns.ids())[place] ?? '');
    }
  }
};

function raiseMaxBy(group: GroupState, measured: Counted): void {
  if (typeof measured === 'number') raiseMax(group, measured);
  else if (measured.kind === 'counted') raiseMax(group, measured.quantity);
}
