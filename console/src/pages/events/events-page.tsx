// The events dashboard: what was sent, what became of it, and why; the histogram above, one event beside it.
import { type ReactNode, useMemo } from 'react';
import { useApi, useApiPages } from '../../api/use-api.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { CellMenus } from '../../ui/cell-menu.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { groupedDigits } from '../../ui/digits.ts';
import { Histogram } from '../../ui/histogram.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { RangePicker } from '../../ui/range-picker.tsx';
import { SplitPanel } from '../../ui/split-panel.tsx';
import { Loaded } from '../../ui/states.tsx';
import { histogramWindow, rangeText, type ResolvedRange } from '../../url/range.ts';
import { useSettings } from '../../url/settings.ts';
import { useRange } from '../../url/use-range.ts';
import { useSearchState } from '../../url/use-search.ts';
import { tableColumns } from './event-cells.tsx';
import { isKept } from './event-fields.ts';
import { EventPanel } from './event-panel.tsx';
import { canCount, histogramCall, listCall, pageSize, verdictFilters } from './events-call.ts';
import { NoEvents } from './events-empty.tsx';
import { EventsSearchSchema } from './events-search.ts';
import styles from './events.module.css';
import { FilterBar } from './filter-bar.tsx';
import { histogramBars, histogramTicks } from './histogram-bars.ts';
import { ColumnsMenu, CopyLink, ExportMenu } from './list-actions.tsx';
import type { EventsState } from './use-filters.ts';
import { useRowShortcuts } from './use-row-shortcuts.ts';

export const Page = (): ReactNode => {
  const state = useSearchState(EventsSearchSchema);
  const { search, setSearch } = state;
  const { resolved, asOf, refresh } = useRange(search.range);
  const { timezone } = useSettings();
  const pages = useApiPages({
    callOf: (cursor) => listCall(search, resolved, cursor),
    cursorOf: (page) => (page.has_more ? page.iter_last_key : undefined),
    asOf,
  });
  const events = useMemo(
    () => (pages.data ?? []).flatMap((page) => page.events).filter((event) => isKept(event, search.not)),
    [pages.data, search.not],
  );
  const examined = (pages.data ?? []).reduce((sum, page) => sum + (page.examined ?? 0), 0);
  useRowShortcuts(state, events);
  const columns = useMemo(() => tableColumns(state, timezone), [state, timezone]);
  const more = (
    <>
      <span>
        {groupedDigits(events.length)} shown
        {examined > events.length && ` · ${groupedDigits(examined)} examined`}
      </span>
      {pages.hasNextPage && (
        <Button isBusy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {pages.isFetchingNextPage ? 'Loading …' : `Load ${String(pageSize)} more`}
        </Button>
      )}
    </>
  );
  return (
    <PageFrame
      title={search.customer === '' ? 'Events' : `Events of ${search.customer}`}
      heading="Events"
      layout="fill"
      isCovered={search.event !== ''}
      actions={
        <>
          <RangePicker range={search.range} resolved={resolved} onChange={(range) => setSearch({ range })} />
          <IconButton icon="refresh" label="Read again" onClick={refresh} />
          <ColumnsMenu state={state} />
          <ExportMenu state={state} range={resolved} loaded={events} />
          <CopyLink range={resolved} />
          <CallButton call={listCall(search, resolved)} />
        </>
      }
      bar={<FilterBar state={state} />}
    >
      <CellMenus>
        {canCount(search) && search.histogram !== 'off' && <Chart state={state} resolved={resolved} asOf={asOf} />}
        <div className={styles['rest']}>
          <SplitPanel
            panelLabel="The chosen event"
            panel={search.event !== '' && <EventPanel id={search.event} state={state} />}
            list={
              <Loaded query={pages} lines={14}>
                {() =>
                  events.length === 0 ? (
                    <NoEvents state={state} examined={examined} more={pages.hasNextPage ? more : undefined} />
                  ) : (
                    <DataTable
                      label="Events"
                      columns={columns}
                      rows={events}
                      keyOf={({ id }) => id}
                      hrefOf={({ id }) => state.hrefOf({ event: id })}
                      selectedKey={search.event}
                      hasMore={pages.hasNextPage}
                      foot={more}
                    />
                  )
                }
              </Loaded>
            }
          />
        </div>
      </CellMenus>
    </PageFrame>
  );
};

interface ChartProps {
  readonly state: EventsState;
  readonly resolved: ResolvedRange;
  readonly asOf: number;
}

const Chart = ({ state, resolved, asOf }: ChartProps): ReactNode => {
  const { search, setSearch, hrefOf } = state;
  const { timezone } = useSettings();
  const query = useApi(histogramCall(search, resolved), { asOf });
  const bars = useMemo(
    () =>
      histogramBars(query.data?.points ?? [], {
        range: resolved,
        windowMs: histogramWindow(resolved).ms,
        zone: timezone,
        filters: verdictFilters(search),
        hrefOf: (start, end) => hrefOf({ range: rangeText({ start, end }), decided: 'arrival' }),
      }),
    [query.data, resolved, timezone, search, hrefOf],
  );
  const counted = bars.reduce((sum, { parts }) => sum + parts.reduce((of, { count }) => of + count, 0), 0);
  const waiting = (query.data?.consumption_lag ?? 0) + (query.data?.post_processing_lag ?? 0);
  return (
    <div className={styles['chart']} data-covered={search.event !== '' || undefined}>
      <Histogram
        label="Events over time, as decided on arrival"
        bars={bars}
        ticks={histogramTicks(resolved, timezone)}
        onRange={(start, end) => setSearch({ range: rangeText({ start, end }) })}
      />
      <div className={styles['chartNote']}>
        <span>
          {query.data && `${groupedDigits(counted)} events, as decided on arrival`}
          {query.error && `The counts could not be read: ${query.error.message}`}
        </span>
        {waiting > 0 && <span>{groupedDigits(waiting)} messages in flight</span>}
      </div>
    </div>
  );
};
