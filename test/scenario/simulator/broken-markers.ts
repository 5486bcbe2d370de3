// Broken variants of the late markers and of the writers' clock: who folded an hour without an event does not hear of it.
import { createBatchProcessor, type ProcessorDeps } from '../../../functions/processor/process-batches.ts';
import { type Scope, scopeKey } from '../../../shared/domain/ids.ts';
import { needsLateMarker } from '../../../shared/domain/events/late-hour.ts';
import type { System } from './system.ts';

type CreateProcessor = System['createBatchProcessor'];

/** Breaks the processor; `wrap` is called again in each invocation. */
const broken =
  (wrap: (deps: ProcessorDeps) => Partial<ProcessorDeps>): CreateProcessor =>
  (deps) =>
  (deliveries, timeLeft) =>
    createBatchProcessor({ ...deps, ...wrap(deps) })(deliveries, timeLeft);

const isOfScope = (customer: string | null): boolean => customer === null;
const isOfCustomer = (customer: string | null): boolean => customer !== null;

const without =
  (isOmitted: (customer: string | null) => boolean) =>
  ({ lateMarkers }: ProcessorDeps): ProcessorDeps['lateMarkers'] => ({
    raise: async (scope, customer, hours) => {
      if (!isOmitted(customer)) await lateMarkers.raise(scope, customer, hours);
    },
  });

export const customerMarkerOmitted = broken((deps) => ({ lateMarkers: without(isOfCustomer)(deps) }));
export const scopeMarkerOmitted = broken((deps) => ({ lateMarkers: without(isOfScope)(deps) }));

export const customerMarkerBeforeData = broken((deps) => ({
  lateMarkers: without(isOfCustomer)(deps),
  segments: {
    ...deps.segments,
    putIfAbsent: async (scope, part, ...put) => {
      if (needsLateMarker(part.hour, deps.now())) await deps.lateMarkers.raise(scope, part.customer, [part.hour]);
      return deps.segments.putIfAbsent(scope, part, ...put);
    },
  },
}));

export const scopeMarkerBeforeData = broken((deps) => ({
  lateMarkers: without(isOfScope)(deps),
  feed: {
    put: async (scope, hour, ...put) => {
      if (needsLateMarker(hour, deps.now())) await deps.lateMarkers.raise(scope, null, [hour]);
      return deps.feed.put(scope, hour, ...put);
    },
  },
}));

const markerOf = (scope: Scope, customer: string | null, hour: number): string =>
  JSON.stringify([scopeKey(scope), customer, hour]);

/** Only what this invocation put first is marked. */
const skippedWhenPartWasThere = (isSkipped: (customer: string | null) => boolean): CreateProcessor =>
  broken(({ segments, lateMarkers }) => {
    const written = new Set<string>();
    return {
      segments: {
        ...segments,
        putIfAbsent: async (scope, part, ...put) => {
          const outcome = await segments.putIfAbsent(scope, part, ...put);
          if (outcome.kind === 'written') {
            written.add(markerOf(scope, part.customer, part.hour)).add(markerOf(scope, null, part.hour));
          }
          return outcome;
        },
      },
      lateMarkers: {
        raise: async (scope, customer, hours) => {
          const isRaised = (hour: number): boolean =>
            !isSkipped(customer) || written.has(markerOf(scope, customer, hour));
          const raised = hours.filter(isRaised);
          if (raised.length > 0) await lateMarkers.raise(scope, customer, raised);
        },
      },
    };
  });
export const customerMarkerSkippedWhenPartWasThere = skippedWhenPartWasThere(isOfCustomer);
export const scopeMarkerSkippedWhenPartWasThere = skippedWhenPartWasThere(isOfScope);

export const oneClockAtTheStart = broken(({ now }) => {
  const start = now();
  return { now: () => start };
});
