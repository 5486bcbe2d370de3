// The event debugger: events as they are stored, newest on top, each with its verdict.
import { type FocusEvent, type PointerEvent, type ReactNode, useCallback, useMemo, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { CellMenus } from '../../ui/cell-menu.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { SplitPanel } from '../../ui/split-panel.tsx';
import { CouldNotLoad, NothingMatches, NothingYet, Skeleton } from '../../ui/states.tsx';
import { useSettings } from '../../url/settings.ts';
import { useSearchState } from '../../url/use-search.ts';
import { tableColumns } from '../events/event-cells.tsx';
import { EventPanel } from '../events/event-panel.tsx';
import { hasFilter } from '../events/events-call.ts';
import { EventsSearchSchema } from '../events/events-search.ts';
import { FilterBar, noFilters } from '../events/filter-bar.tsx';
import { ColumnsMenu } from '../events/list-actions.tsx';
import type { EventsState } from '../events/use-filters.ts';
import { useRowShortcuts } from '../events/use-row-shortcuts.ts';
import { liveCall, pageCall, sumOf } from './live-call.ts';
import { LiveCauses } from './live-causes.tsx';
import { LiveNotices } from './live-notices.tsx';
import { LiveStatus } from './live-status.tsx';
import { liveState } from './live-words.ts';
import { SendExample } from './send-example.tsx';
import styles from './live.module.css';
import { type Live, useLive } from './use-live.ts';

const titles = {
  OPENING: 'Live',
  LIVE: 'Live',
  PAUSED: 'Live, paused',
  RECONNECTING: 'Live, reconnecting',
  STOPPED: 'Live, stopped',
};

/** A row that the reader is at stands still. */
const isRow = (target: EventTarget): boolean => target instanceof Element && target.closest('[data-row]') !== null;

export const Page = (): ReactNode => {
  const state = useSearchState(EventsSearchSchema);
  const { search } = state;
  const live = useLive(search);
  const { stream, snapshot, openedAt } = live;
  const scroller = useRef<HTMLDivElement>(null);
  const toLive = useCallback((): void => {
    stream.resume();
    scroller.current?.scrollTo({ top: 0 });
    if (document.activeElement?.closest('[data-row]')) scroller.current?.focus({ preventScroll: true });
  }, [stream]);
  useShortcuts({
    p: () => {
      if (snapshot.isPaused) toLive();
      else stream.pause();
    },
    L: toLive,
  });
  useRowShortcuts(state, snapshot.rows);
  const word = liveState(snapshot);
  return (
    <PageFrame
      title={titles[word]}
      heading="Live"
      layout="fill"
      actions={
        <>
          <ColumnsMenu state={state} />
          <CallButton call={(snapshot.isPolled ? undefined : liveCall(search)) ?? pageCall(search, openedAt)} />
        </>
      }
      bar={<FilterBar state={state} />}
    >
      <CellMenus>
        <LiveStatus snapshot={snapshot} openedAt={openedAt} onPause={stream.pause} onLive={toLive} />
        <LiveNotices live={live} />
        <div className={styles['rest']}>
          <SplitPanel
            panelLabel="The chosen event"
            panel={search.event !== '' && <EventPanel id={search.event} state={state} />}
            list={
              <div className={styles['frame']}>
                <div className={styles['list']}>
                  <LiveCauses state={state} counts={snapshot.counts} />
                  <Rows state={state} live={live} scroller={scroller} />
                </div>
              </div>
            }
          />
        </div>
      </CellMenus>
    </PageFrame>
  );
};

interface RowsProps {
  readonly state: EventsState;
  readonly live: Live;
  readonly scroller: React.RefObject<HTMLDivElement | null>;
}

const Rows = ({ state, live, scroller }: RowsProps): ReactNode => {
  const { stream, snapshot } = live;
  const { timezone } = useSettings();
  const columns = useMemo(() => tableColumns(state, timezone, false), [state, timezone]);
  const pauseAtRow = ({ target }: FocusEvent | PointerEvent): void => {
    if (isRow(target)) stream.pause();
  };
  if (snapshot.rows.length === 0)
    return (
      <div className={styles['empty']}>
        <NoRows state={state} live={live} />
      </div>
    );
  return (
    <div className={styles['rows']} onFocus={pauseAtRow} onPointerDown={pauseAtRow}>
      <DataTable
        label="Live events, newest first"
        columns={columns}
        rows={snapshot.rows}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => state.hrefOf({ event: id })}
        selectedKey={state.search.event}
        scrollerRef={scroller}
        onScroll={(top) => {
          if (top > 4) stream.pause();
        }}
      />
    </div>
  );
};

const NoRows = ({ state: { search, setSearch }, live }: Omit<RowsProps, 'scroller'>): ReactNode => {
  const { phase, failure, counts } = live.snapshot;
  if (failure && phase !== 'live')
    return <CouldNotLoad failure={failure} onRetry={phase === 'refused' ? live.reopen : live.wake} />;
  if (phase === 'opening') return <Skeleton lines={14} />;
  if (hasFilter(search))
    return (
      <NothingMatches
        title="No event matches these filters yet"
        actions={<Button onClick={() => setSearch(noFilters)}>Clear all filters</Button>}
      >
        {sumOf(counts) === 0
          ? 'Events appear here as soon as they are stored.'
          : 'Other events have come; those that match appear here as soon as they are stored.'}
      </NothingMatches>
    );
  return (
    <NothingYet title="Waiting for the first event">
      <p>Events appear here within a second or two of being stored. This sends one:</p>
      <SendExample />
    </NothingYet>
  );
};
