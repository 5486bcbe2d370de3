// What a segment of the design's workloads takes: the costs of the whole system rest on it.
import { expect, test } from '@jest/globals';
import { segmentBytes } from '../../bench/codec.bench.ts';

test.each(segmentBytes())(
  '$workload, $ids ids, $events per segment: $promised bytes per event, within 5 %',
  ({ bytesPerEvent, promised }) => {
    expect(Math.abs(bytesPerEvent / promised - 1)).toBeLessThanOrEqual(0.05);
  },
);
