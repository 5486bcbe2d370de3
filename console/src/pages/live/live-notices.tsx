// What a reader of the stream must know: events that may be missing, a stage that cannot be followed, a stream that is far behind.
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { useSession } from '../../session/session-store.ts';
import { rangeText } from '../../url/range.ts';
import { useSettings } from '../../url/settings.ts';
import { clockText, durationText } from '../../url/time-text.ts';
import { pageEvents } from './live-call.ts';
import styles from './live.module.css';
import type { Live } from './use-live.ts';

const Notice = ({ children, actions }: { readonly children: ReactNode; readonly actions?: ReactNode }): ReactNode => (
  <div className={styles['notice']} role="note">
    <Icon name="alert" size={14} />
    <span className={styles['noticeText']}>{children}</span>
    {actions}
  </div>
);

/** A stream that is so far behind may as well skip. */
const farBehindMs = 30_000;

export const LiveNotices = ({ live: { stream, snapshot, wake } }: { readonly live: Live }): ReactNode => {
  const { timezone } = useSettings();
  const { who } = useSession();
  const { gap, isPolled, lagMs } = snapshot;
  const range = gap && rangeText({ start: new Date(gap.from).toISOString(), end: new Date(gap.to).toISOString() });
  return (
    <>
      {isPolled && (
        <Notice>
          {who.live
            ? 'A property with “,” “;” or “:” cannot be followed live. '
            : 'Live is off on this stage (deploy with -c live=on). '}
          The newest {pageEvents} events are read again and again instead: events with older timestamps do not appear.
        </Notice>
      )}
      {gap && range !== undefined && (
        <Notice actions={<IconButton icon="cross" label="Dismiss" onClick={stream.forgetGap} />}>
          Events stored between {clockText(gap.from, timezone)} and {clockText(gap.to, timezone)} may be missing here.{' '}
          <PageLink href={`/events?range=${encodeURIComponent(range)}`}>Open the events of that time</PageLink>
        </Notice>
      )}
      {lagMs > farBehindMs && (
        <Notice
          actions={
            <Button
              onClick={() => {
                stream.restart();
                wake();
              }}
            >
              Skip to the newest
            </Button>
          }
        >
          Catching up: events of {durationText(lagMs)} ago are shown.
        </Notice>
      )}
    </>
  );
};
