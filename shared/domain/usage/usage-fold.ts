// The fold: adds up the events of a definition, by slot of time.
import { aggregatorOf } from '../aggregations/aggregators.ts';
import { one } from '../numbers/exact-sum.ts';
import type { Definition } from './definition.ts';
import { factorOf } from './event-measuring.ts';
import { readEvents } from './event-reading.ts';
import type { FoldedColumns } from './folded-columns.ts';
import { createState, groupOf, type UsageState } from './usage-state.ts';

/** By the start of a slot, UTC milliseconds. */
export type SlotStates = Map<number, UsageState>;

/**
 * Adds the events of some columns to the slots they belong to. `slotOf` returns the start of an event's slot, undefined for an
 * event outside of the question; `isOwn` is false for an event that was stored before. Throws SegmentFormatError.
 */
export const foldInto = (
  states: SlotStates,
  definition: Definition,
  columns: FoldedColumns,
  slotOf: (timestamp: number) => number | undefined,
  isOwn?: (event: number) => boolean,
): void => {
  const { type } = definition;
  const aggregator = aggregatorOf(type);
  const { matches, groupKey, measured } = readEvents(definition, columns);
  let ids: readonly string[] | undefined;
  const added = {
    index: 0,
    timestamp: 0,
    id: (): string => (ids ??= columns.ids())[added.index] ?? '',
    factor: factorOf(definition) ?? one,
  };
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
    const found = measured(event);
    if (typeof found === 'object' && found.kind === 'excluded') {
      state.excluded[found.reason] += 1;
      continue;
    }
    const group = groupOf(state, groupKey(event), type);
    group.counted += 1;
    added.index = event;
    added.timestamp = timestamp;
    if (typeof found !== 'object') {
      aggregator.add(group, found, added);
    } else if (found.kind === 'counted') {
      aggregator.add(group, found.quantity, added);
    } else {
      group[found.reason] += 1;
      aggregator.add(group, 0, added);
    }
  }
};
