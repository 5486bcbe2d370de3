// What the live page says about itself: its state, and the summary that is read aloud.
import { groupedDigits } from '../../ui/digits.ts';
import { verdictLooks } from '../../ui/verdict.ts';
import { type CauseCounts, causes, type LiveSnapshot } from './live-stream.ts';

type Shown = Pick<LiveSnapshot<unknown>, 'phase' | 'isPaused' | 'isPolled'>;

export type LiveState = 'OPENING' | 'LIVE' | 'PAUSED' | 'RECONNECTING' | 'STOPPED';

/** Returns the state in one word. Reconnecting comes first: while paused, too, a reader must know that nothing comes. */
export const liveState = ({ phase, isPaused }: Shown): LiveState => {
  if (phase === 'refused') return 'STOPPED';
  if (phase === 'reconnecting') return 'RECONNECTING';
  if (isPaused) return 'PAUSED';
  return phase === 'opening' ? 'OPENING' : 'LIVE';
};

const sentences: Readonly<Record<LiveState, string>> = {
  OPENING: 'Opening the stream of events.',
  LIVE: 'Live: new events are shown as they are stored.',
  PAUSED: 'Paused: the rows stand still, and new events are counted.',
  RECONNECTING: 'The API does not answer. Trying again.',
  STOPPED: 'The API refuses this view.',
};

/** Returns what is read aloud when the state changes. */
export const stateSentence = (state: LiveState): string => sentences[state];

const plural = (count: number, noun: string): string => `${groupedDigits(count)} ${noun}${count === 1 ? '' : 's'}`;

/** Returns what came since the last summary: `12 events: 10 billed, 2 no customer`; undefined if nothing came. */
export const summaryText = (before: CauseCounts, now: CauseCounts): string | undefined => {
  const more = causes.map((cause) => ({ cause, count: now[cause] - before[cause] })).filter(({ count }) => count > 0);
  const total = more.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return undefined;
  const parts = more.map(({ cause, count }) => `${groupedDigits(count)} ${verdictLooks[cause].short}`);
  return `${plural(total, 'event')}: ${parts.join(', ')}`;
};

/** Returns `500 shown · 12,408 seen`. */
export const seenText = ({ rows, seen }: Pick<LiveSnapshot<unknown>, 'rows' | 'seen'>): string =>
  `${groupedDigits(rows.length)} shown · ${groupedDigits(seen)} seen`;

/** Returns the label of the button that goes on; it says how many events wait. */
export const resumeText = (waiting: number): string =>
  waiting === 0 ? 'Jump to live' : `${groupedDigits(waiting)} new · jump to live`;
