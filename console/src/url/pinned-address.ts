// The address of a view as it is now: a relative range is replaced by its two times, so that a link shows the same later.
import { rangeText, type ResolvedRange } from './range.ts';

export const pinnedAddress = (address: string, range: ResolvedRange): string => {
  const url = new URL(address);
  url.searchParams.set('range', rangeText(range));
  return url.href;
};
