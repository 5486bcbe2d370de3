// The state of the stream in one line that never changes its height, and the button that pauses it or goes on.
import { type ReactNode, useEffect, useRef } from 'react';
import { announce } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { groupedDigits } from '../../ui/digits.ts';
import { Hidden } from '../../ui/hidden.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-paths.ts';
import { useSettings } from '../../url/settings.ts';
import { clockText, durationText } from '../../url/time-text.ts';
import type { LiveSnapshot } from './live-stream.ts';
import { type LiveState, liveState, resumeText, seenText, stateSentence, summaryText } from './live-words.ts';
import styles from './live.module.css';

interface LiveStatusProps {
  readonly snapshot: LiveSnapshot<unknown>;
  readonly openedAt: number;
  readonly onPause: () => void;
  readonly onLive: () => void;
}

const icons: Readonly<Record<LiveState, IconName>> = {
  OPENING: 'clock',
  LIVE: 'live',
  PAUSED: 'pause',
  RECONNECTING: 'refresh',
  STOPPED: 'cross',
};

const summaryMs = 10_000;

/** Reads aloud, every ten seconds, what came: counts only, never rows. */
const useSummary = (snapshot: LiveSnapshot<unknown>): void => {
  const latest = useRef(snapshot);
  useEffect(() => {
    latest.current = snapshot;
  });
  useEffect(() => {
    let told = latest.current.counts;
    const timer = setInterval(() => {
      const { counts } = latest.current;
      const text = summaryText(told, counts);
      told = counts;
      if (text !== undefined) announce(text);
    }, summaryMs);
    return () => {
      clearInterval(timer);
    };
  }, []);
};

export const LiveStatus = ({ snapshot, openedAt, onPause, onLive }: LiveStatusProps): ReactNode => {
  const { timezone } = useSettings();
  const { isPaused, waiting, oneIn, lagMs, failure, phase } = snapshot;
  useSummary(snapshot);
  const state = liveState(snapshot);
  return (
    <div className={styles['status']}>
      <span className={styles['state']} data-state={state} role="status">
        <Icon name={icons[state]} size={14} />
        {state}
        <Hidden>. {stateSentence(state)}</Hidden>
      </span>
      <span className={styles['seen']} data-testid="seen">
        {seenText(snapshot)}
      </span>
      <span className={styles['more']}>
        {phase === 'reconnecting' && failure
          ? failure.message
          : [
              ...(oneIn > 1 ? [`over 200 a second: 1 in ${groupedDigits(oneIn)} is shown`] : []),
              ...(lagMs > 5_000 ? [`${durationText(lagMs)} behind`] : []),
              `open since ${clockText(openedAt, timezone, false)}`,
            ].join(' · ')}
      </span>
      <Button
        look={isPaused ? 'primary' : 'plain'}
        icon={isPaused ? 'up' : 'pause'}
        onClick={isPaused ? onLive : onPause}
      >
        {isPaused ? resumeText(waiting) : 'Pause'}
        <kbd className={styles['key']} aria-hidden="true">
          {isPaused ? 'L' : 'p'}
        </kbd>
      </Button>
    </div>
  );
};
