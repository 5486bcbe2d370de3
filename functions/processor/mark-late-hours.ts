// Steps 3 and 5: marks the hours that got events after they had ended, for the customer and, after the feed, for everybody.
import { mapConcurrently } from '../../shared/domain/concurrency.ts';
import { needsLateMarker } from '../../shared/domain/events/late-hour.ts';
import type { SegmentPart } from '../../shared/domain/events/segment-part.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import { dayOfHour } from '../../shared/domain/time/instant.ts';
import type { LateMarkerStore } from '../../shared/store/events/late-markers.ts';
import { concurrency, type Progress } from './delivery.ts';
import { batchesOf, distinct, type WrittenPart } from './store-parts.ts';

export interface LateHourDeps {
  readonly lateMarkers: Pick<LateMarkerStore, 'raise'>;
  /** UTC milliseconds. */
  readonly now: () => number;
}

/**
 * Raises the counter of every late hour, once per day of a customer (or of the whole scope). The clock is
 * read here, after the puts of the step before were confirmed: who sealed the hour without them sees the marker.
 */
export const markLateHours = async (
  deps: LateHourDeps,
  progress: Progress,
  scope: Scope,
  parts: readonly WrittenPart[],
  customerOf: (part: SegmentPart) => string | null,
): Promise<void> => {
  const now = deps.now();
  const late = parts.filter(({ batch, part }) => !progress.hasFailed(batch) && needsLateMarker(part.hour, now));
  const days = Map.groupBy(late, ({ part }) => JSON.stringify([customerOf(part), dayOfHour(part.hour)]));
  await mapConcurrently([...days.values()], concurrency, async (ofDay) => {
    const [first] = ofDay;
    if (first === undefined) return;
    const hours = distinct(ofDay.map(({ part }) => part.hour));
    await progress.attempt(batchesOf(ofDay), () => deps.lateMarkers.raise(scope, customerOf(first.part), hours));
  });
};
