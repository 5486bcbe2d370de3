// The windows of the answer, as a chart and as the table of the same rows.
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { Button } from '../../ui/button.tsx';
import { csvOf } from '../../ui/csv.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { groupedDigits, plainDigits } from '../../ui/digits.ts';
import { downloadText } from '../../ui/download.ts';
import { useOpenPage } from '../../ui/page-link.tsx';
import { NothingMatches } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { civilDayOfMonth } from '../../../../shared/domain/time/civil-time.ts';
import type { WindowSize } from '../../../../shared/domain/time/usage-window.ts';
import { rangeText } from '../../url/range.ts';
import { textOfList } from '../../url/search-fields.ts';
import { boundariesIn, instantText } from '../parts/billing-periods.ts';
import { instantInZone } from '../parts/period-text.ts';
import { chartData, groupName, rangeOfWindow, type UsageRow, windowStarts, windowText } from './chart-data.ts';
import type { Usage } from './ledger.ts';
import { heightOf } from './list-height.ts';
import styles from './query.module.css';
import type { QueryState } from './query-state.ts';
import { windowOf } from './question.ts';
import type { QuestionState } from './use-question.ts';

const UsageChart = lazy(async () => ({ default: (await import('./usage-chart.tsx')).UsageChart }));

interface ChartTabProps {
  readonly usage: Usage;
  readonly state: QueryState;
  readonly question: QuestionState;
}

export const ChartTab = ({ usage, state: { search, hrefOf }, question }: ChartTabProps): ReactNode => {
  const open = useOpenPage();
  const { context, meter, range, subscription } = question;
  const { results: rows = [] } = usage;
  const bucket = search.by === 'event' ? search.bucket : (meter?.aggregation.bucket_size ?? '');
  const isBucketed = bucket !== '';
  const size = isBucketed ? bucket : context && windowOf(search, search, context);
  const zone = isBucketed || context === undefined || context.zone === '' ? 'UTC' : context.zone;
  const anchor = context?.anchor;
  const windows = useMemo(
    () => (range && size !== undefined && !isBucketed ? startsOf(range, size, zone, anchor) : undefined),
    [range, size, zone, anchor, isBucketed],
  );
  const data = useMemo(() => chartData(rows, windows), [rows, windows]);
  const boundaries = useMemo(
    () => (subscription && range ? (boundariesIn(subscription, range) ?? []) : []),
    [subscription, range],
  );
  if (size === undefined || range === undefined) {
    return <p className={styles['note']}>The question has no windows. Choose a size of windows to see a chart.</p>;
  }
  if (rows.length === 0) {
    return (
      <NothingMatches title="No event counts in this range">
        Names are case-sensitive. A longer range, fewer filters, or the events that came in may show why.
      </NothingMatches>
    );
  }
  const windowHref = ({ window_size: start, group }: UsageRow): string =>
    hrefOf({
      show: 'explain',
      when: 'range',
      range: rangeText(rangeOfWindow(start, data.starts, range)),
      outcome: '',
      reason: '',
      of: group ? textOfList(Object.entries(group).map(([name, value]) => `${name}=${value}`)) : '',
    });
  const hasGroups = rows.some(({ group }) => group !== undefined);
  const columns: readonly Column<UsageRow>[] = [
    {
      id: 'start',
      header: isBucketed ? 'Bucket' : 'Window',
      width: size === 'DAY' || size === 'WEEK' || size === 'MONTH' ? 112 : 148,
      isMono: true,
      cell: ({ window_size: start }) => windowText(start, size),
    },
    ...(hasGroups
      ? [
          {
            id: 'group',
            header: 'Group',
            width: 104,
            cell: (row: UsageRow) => <VisibleText text={groupName(row.group)} />,
          },
        ]
      : []),
    { id: 'value', header: 'Value', width: 136, isNumeric: true, cell: ({ value }) => groupedDigits(value) },
  ];
  const save = (): void => {
    const head = ['window_start', ...(hasGroups ? ['group'] : []), 'value'];
    const cells = rows.map(({ window_size: start, group, value }) => [
      start,
      ...(hasGroups ? [groupName(group)] : []),
      plainDigits(value),
    ]);
    downloadText('usage.csv', csvOf([head, ...cells]), 'text/csv');
  };
  return (
    <div className={styles['shown']}>
      <div className={styles['bar']}>
        <span className={styles['note']}>
          {size} {isBucketed ? 'buckets' : 'windows'} in {zone}
          {boundaries.length > 0 &&
            ` · billing periods begin ${boundaries.map((start) => instantInZone(start, subscription?.timezone ?? zone)).join(', ')}`}
        </span>
        <Button look="quiet" icon="download" onClick={save}>
          CSV
        </Button>
      </div>
      <div className={styles['sides']}>
        <Suspense fallback={<div className={styles['chart']} />}>
          <UsageChart
            data={data}
            zone={zone}
            range={range}
            boundaries={boundaries}
            describe={(seconds) => {
              const ofWindow = rows.filter(({ window_size: start }) => Date.parse(start) === seconds * 1000);
              const texts = ofWindow.map(({ group, value }) =>
                group ? `${groupName(group)} ${groupedDigits(value)}` : groupedDigits(value),
              );
              const [first] = ofWindow;
              const start = first
                ? windowText(first.window_size, size)
                : instantInZone(instantText(seconds * 1000), zone);
              return `${start}: ${texts.length === 0 ? 'no events' : texts.join(' · ')}`;
            }}
            onOpen={(seconds) => {
              const row = rows.find(({ window_size: start }) => Date.parse(start) === seconds * 1000);
              if (row) open(windowHref({ window_size: row.window_size, value: row.value }));
            }}
          />
        </Suspense>
        <div className={styles['rows']} style={{ height: heightOf(rows.length, '300px') }}>
          <DataTable
            label="Usage by window"
            columns={columns}
            rows={rows}
            keyOf={(row) => `${row.window_size} ${groupName(row.group)}`}
            hrefOf={windowHref}
            foot={
              usage.has_more ? (
                <span role="status">
                  Only the first {groupedDigits(rows.length)} rows fit into the answer; the value covers all. Choose a
                  shorter range or larger windows.
                </span>
              ) : (
                <span>
                  {groupedDigits(rows.length)} {rows.length === 1 ? 'row' : 'rows'}; windows without events are left out
                </span>
              )
            }
          />
        </div>
      </div>
    </div>
  );
};

const startsOf = (
  range: { readonly start: string; readonly end: string },
  size: WindowSize,
  zone: string,
  anchor: string | undefined,
): readonly number[] | undefined => {
  const anchorDay = anchor === undefined ? 1 : civilDayOfMonth(Date.parse(anchor), zone);
  return windowStarts(range, { size, zone, anchorDay });
};
