// Measures the codec: stored bytes per event, and microseconds per event next to JSON.parse of the same events.
import { contentHashes } from '../../shared/domain/events/content-hash.ts';
import { decodeSegment, encodeSegment, openSegment } from '../../shared/domain/codec/segment.ts';
import {
  eventsOf,
  type IdStyle,
  idStyles,
  segmentOf,
  workloadNames,
  type WorkloadName,
} from '../support/builders/workloads.ts';

/** Bytes per event of a segment of 1, 10, 100 and 1000 events, as the design promises them. */
const promisedBytes: Readonly<Record<IdStyle, Readonly<Record<WorkloadName, readonly number[]>>>> = {
  uuid: { 'llm calls': [392, 92, 44, 39], 'api calls': [334, 71, 31, 25], storage: [279, 60, 28, 23] },
  ulid: { 'llm calls': [389, 88, 40, 35], 'api calls': [332, 67, 27, 21], storage: [276, 56, 24, 18] },
};

const segmentSizes = [1, 10, 100, 1000] as const;

export interface BytesRow {
  readonly workload: WorkloadName;
  readonly ids: IdStyle;
  readonly events: number;
  readonly bytesPerEvent: number;
  readonly promised: number;
}

/** Counted, so the same on every machine. */
export const segmentBytes = (): BytesRow[] =>
  idStyles.flatMap((ids) =>
    workloadNames.flatMap((workload) =>
      segmentSizes.map((events, index) => ({
        workload,
        ids,
        events,
        bytesPerEvent: encodeSegment(segmentOf(workload, events, ids)).length / events,
        promised: promisedBytes[ids][workload][index] ?? 0,
      })),
    ),
  );

export interface TimesRow {
  readonly workload: WorkloadName;
  readonly events: number;
  /** Microseconds per event. */
  readonly jsonParse: number;
  readonly encode: number;
  readonly decode: number;
  /** Opens the segment and adds one numeric column. */
  readonly fold: number;
  readonly hash: number;
}

const runMs = 200;

/** Microseconds of one run, the best of three rounds. */
const measure = (run: () => unknown): number => {
  const round = (): number => {
    const start = performance.now();
    let runs = 0;
    for (; performance.now() - start < runMs / 3; runs += 1) run();
    return ((performance.now() - start) * 1000) / runs;
  };
  return Math.min(round(), round(), round());
};

const numericProperty: Readonly<Record<WorkloadName, string>> = {
  'llm calls': 'input_tokens',
  'api calls': 'bytes',
  storage: 'gb',
};

export const segmentTimes = (): TimesRow[] =>
  workloadNames.flatMap((workload) =>
    segmentSizes.map((events) => {
      const contents = segmentOf(workload, events, 'uuid');
      const json = JSON.stringify(eventsOf(workload, events, 'uuid'));
      const bytes = encodeSegment(contents);
      const sum = (): number =>
        openSegment(bytes)
          .property(numericProperty[workload])
          .values.reduce<number>((total, value) => total + (typeof value === 'number' ? value : 0), 0);
      const perEvent = (run: () => unknown): number => measure(run) / events;
      return {
        workload,
        events,
        jsonParse: perEvent(() => JSON.parse(json)),
        encode: perEvent(() => encodeSegment(contents)),
        decode: perEvent(() => decodeSegment(bytes, { customer: 'customer-42', name: workload })),
        fold: perEvent(sum),
        hash: perEvent(() => contents.entries.map(({ event }) => contentHashes({ event, isTimestampSent: true }))),
      };
    }),
  );
