// The range of a page as of its last refresh: everything on the page is read for the same instants.
import { useCallback, useEffect, useMemo, useState } from 'react';
import { resolveRange, type ResolvedRange } from './range.ts';

export interface RangeState {
  readonly resolved: ResolvedRange;
  /** UTC milliseconds of the last refresh; goes into the keys of queries. */
  readonly asOf: number;
  readonly refresh: () => void;
}

export const useRange = (range: string, fallback = '24h'): RangeState => {
  const [asOf, setAsOf] = useState(Date.now);
  const refresh = useCallback(() => {
    setAsOf(Date.now());
  }, []);
  useEffect(refresh, [range, refresh]);
  const resolved = useMemo(
    () => resolveRange(range, asOf) ?? resolveRange(fallback, asOf) ?? { start: '', end: '' },
    [range, asOf, fallback],
  );
  return { resolved, asOf, refresh };
};
