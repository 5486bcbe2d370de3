// The range of a page as of its last refresh: everything on the page is read for the same instants.
import { useCallback, useMemo, useState } from 'react';
import { resolveRange, type ResolvedRange } from './range.ts';

export interface RangeState {
  readonly resolved: ResolvedRange;
  /** UTC milliseconds of the last refresh; goes into the keys of queries. */
  readonly asOf: number;
  readonly refresh: () => void;
}

export const useRange = (range: string, fallback = '24h'): RangeState => {
  const [read, setRead] = useState(() => ({ range, asOf: Date.now() }));
  // A changed range is read as of now. Set while rendering, so that nothing is asked for with the old time before.
  if (read.range !== range) setRead({ range, asOf: Date.now() });
  const { asOf } = read;
  const refresh = useCallback(() => {
    setRead((last) => ({ ...last, asOf: Date.now() }));
  }, []);
  const resolved = useMemo(
    () => resolveRange(range, asOf) ?? resolveRange(fallback, asOf) ?? { start: '', end: '' },
    [range, asOf, fallback],
  );
  return { resolved, asOf, refresh };
};
