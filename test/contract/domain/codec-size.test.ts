// Bytes per event of segments of the benchmark's workloads, on which the costs of the whole system depend.
import { expect, test } from '@jest/globals';
import { segmentBytes } from '../../bench/codec.bench.ts';

test.each(segmentBytes())(
  '$workload, $ids ids, $events per segment: $promised bytes per event, within 5 %',
  ({ bytesPerEvent, promised }) => {
    expect(Math.abs(bytesPerEvent / promised - 1)).toBeLessThanOrEqual(0.05);
  },
);
