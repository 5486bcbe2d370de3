// The events behind the number: what each counts for, or why it does not; their running total ends at the number.
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useApiPages } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { csvOf } from '../../ui/csv.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { groupedDigits, plainDigits } from '../../ui/digits.ts';
import { downloadText } from '../../ui/download.ts';
import { Loaded, NothingMatches } from '../../ui/states.tsx';
import { useSettings } from '../../url/settings.ts';
import { listOf } from '../../url/search-fields.ts';
import { csvRows, explainColumns } from './explain-columns.tsx';
import { ExplainFilters } from './explain-filters.tsx';
import { groupName } from './chart-data.ts';
import { expectedCount, type Usage } from './ledger.ts';
import { heightOf } from './list-height.ts';
import styles from './query.module.css';
import type { QueryState } from './query-state.ts';
import { explainCall, isNarrowed, type QuestionContext } from './question.ts';
import { isSame, runningTotals, totalOf, totalWords } from './running-total.ts';

interface ExplainTabProps {
  readonly usage: Usage;
  readonly state: QueryState;
  readonly context: QuestionContext;
  readonly asOf: number;
  /** Whether the number is a sum of buckets. */
  readonly isByBucket: boolean;
}

export const ExplainTab = ({ usage, state, context, asOf, isByBucket }: ExplainTabProps): ReactNode => {
  const { search, setSearch } = state;
  const { timezone } = useSettings();
  const [isAll, setIsAll] = useState(false);
  const pages = useApiPages({
    callOf: (cursor) => explainCall(search, search, context, cursor),
    cursorOf: (page) => (page.has_more ? page.iter_last_key : undefined),
    asOf,
  });
  const { hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage } = pages;
  useEffect(() => {
    if (isAll && hasNextPage && !isFetchingNextPage && !isPlaceholderData) void fetchNextPage();
  }, [isAll, hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage]);

  const totalSeconds = pages.data?.[0]?.total_seconds;
  const rows = useMemo(() => {
    const events = (pages.data ?? []).flatMap((page) => page.events);
    const totals = runningTotals(events, { type: usage.type, isByBucket, totalSeconds });
    return events.map((event, index) => ({ event, total: totals[index] ?? '' }));
  }, [pages.data, usage.type, isByBucket, totalSeconds]);

  const expected = expectedCount(usage, search);
  const groups = [
    ...new Map((usage.results ?? []).flatMap(({ group }) => (group ? [[groupName(group), group]] : []))).keys(),
  ];
  const columns = explainColumns(rows, {
    zone: timezone,
    totalHeader: totalWords(usage.type, isByBucket),
    hasTotal: !isNarrowed(search),
    totalSeconds,
  });
  return (
    <div className={styles['shown']}>
      <div className={styles['bar']}>
        <ExplainFilters usage={usage} state={state} />
        {listOf(search.of).map((text) => (
          <Chip key={text} name="group" value={text} onRemove={() => setSearch({ of: '' })} />
        ))}
        {groups.length > 0 && search.of === '' && (
          <span className={styles['note']}>
            {groupedDigits(groups.length)} groups: open one from the table of the chart
          </span>
        )}
        <Button
          look="quiet"
          icon="download"
          disabled={rows.length === 0}
          onClick={() => downloadText('explanation.csv', csvOf(csvRows(rows)), 'text/csv')}
        >
          CSV
        </Button>
      </div>
      <Loaded query={pages} lines={10}>
        {() =>
          rows.length === 0 ? (
            <NoEvents state={state} />
          ) : (
            <>
              <Sum
                usage={usage}
                totals={rows.map(({ total }) => total)}
                expected={expected}
                isComplete={!hasNextPage && !isPlaceholderData}
                isPartial={isNarrowed(search)}
              />
              <div className={styles['events']} style={{ height: heightOf(rows.length, '60dvh') }}>
                <DataTable
                  label="Events behind the value, newest first"
                  columns={columns}
                  rows={rows}
                  keyOf={({ event }) => event.event_id}
                  hrefOf={({ event }) => `/events/${encodeURIComponent(event.event_id)}`}
                  hasMore={hasNextPage}
                  foot={
                    hasNextPage && (
                      <>
                        <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                          {isFetchingNextPage ? 'Loading …' : 'Load more'}
                        </Button>
                        <Button disabled={isAll} onClick={() => setIsAll(true)}>
                          Load all
                        </Button>
                      </>
                    )
                  }
                />
              </div>
            </>
          )
        }
      </Loaded>
    </div>
  );
};

const NoEvents = ({ state: { search, setSearch } }: { readonly state: QueryState }): ReactNode => (
  <NothingMatches
    title={isNarrowed(search) ? 'No event of this kind' : 'No event of this name in the range'}
    actions={
      isNarrowed(search) && (
        <Button onClick={() => setSearch({ outcome: '', reason: '', of: '' })}>Show all events of the question</Button>
      )
    }
  >
    {isNarrowed(search)
      ? 'The other events of the question are not shown by these filters.'
      : 'Names are case-sensitive, and the range is by the timestamps of events.'}
  </NothingMatches>
);

interface SumProps {
  readonly usage: Usage;
  readonly totals: readonly string[];
  readonly expected: number | undefined;
  readonly isComplete: boolean;
  readonly isPartial: boolean;
}

/** Says how far the list is, and whether it adds up. */
const Sum = ({ usage, totals, expected, isComplete, isPartial }: SumProps): ReactNode => {
  const value = plainDigits(usage.value);
  const total = totalOf(totals);
  const count = groupedDigits(totals.length);
  const of = expected === undefined || expected === totals.length ? '' : ` of ${groupedDigits(expected)}`;
  const events = totals.length === 1 ? 'event' : 'events';
  if (isPartial || !isComplete) {
    return (
      <p className={styles['sum']} role="status">
        {count}
        {of} {events} shown{isPartial ? '' : `; they come to ${groupedDigits(total)} of ${groupedDigits(value)} so far`}
        .
      </p>
    );
  }
  const isEqual = isSame(total, value, usage.type);
  return (
    <p className={styles['sum']} role="status" data-equal={isEqual}>
      {isEqual
        ? `All ${count} ${events} come to ${groupedDigits(total)}, which is the value.`
        : `All ${count} ${events} come to ${groupedDigits(total)}, and the value is ${groupedDigits(value)}: events came in between the two reads. Read again.`}
    </p>
  );
};
