// Counts with their nouns.
import { groupedDigits } from '../../ui/digits.ts';

/** Returns `1 price` or `1,250 prices`. */
export const countText = (count: number, noun: string, plural = `${noun}s`): string =>
  `${groupedDigits(count)} ${count === 1 ? noun : plural}`;
