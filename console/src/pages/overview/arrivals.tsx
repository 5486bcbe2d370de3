// The events of the range by what was decided when they came: a bar of all, and bars over time. Each opens its events.
import { type ReactNode, useMemo } from 'react';
import { useApi } from '../../api/use-api.ts';
import { StackedBar } from '../../ui/bars.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { Code } from '../../ui/code.tsx';
import { Histogram } from '../../ui/histogram.tsx';
import { Num } from '../../ui/number.tsx';
import { Card, Section } from '../../ui/page-frame.tsx';
import { Loaded } from '../../ui/states.tsx';
import { verdictLooks } from '../../ui/verdict.ts';
import { histogramWindow, rangeText } from '../../url/range.ts';
import { stringifySearch } from '../../url/search-text.ts';
import { useSettings } from '../../url/settings.ts';
import type { RangeState } from '../../url/use-range.ts';
import { histogramBars, histogramTicks } from '../events/histogram-bars.ts';
import { arrivalTotals } from './arrival-totals.ts';
import styles from './overview.module.css';

const example = `echo '{"event_name":"api_call","external_customer_id":"acme"}' | npx tollgate send`;

interface ArrivalsProps {
  readonly range: RangeState;
  readonly onRange: (range: string) => void;
}

export const Arrivals = ({ range: { resolved, asOf }, onRange }: ArrivalsProps): ReactNode => {
  const { timezone } = useSettings();
  const { size, ms } = histogramWindow(resolved);
  const call = {
    route: 'monitorEvents',
    query: { start_time: resolved.start, end_time: resolved.end, window_size: size },
  } as const;
  const query = useApi(call, { asOf });
  const points = query.data?.points;
  const eventsOf = (fields: Readonly<Record<string, string>>): string =>
    `/events${stringifySearch({ range: rangeText(resolved), ...fields })}`;
  const bars = useMemo(
    () =>
      histogramBars(points ?? [], {
        range: resolved,
        windowMs: ms,
        zone: timezone,
        filters: [],
        hrefOf: (start, end) => `/events${stringifySearch({ range: rangeText({ start, end }), decided: 'arrival' })}`,
      }),
    [points, resolved, ms, timezone],
  );
  return (
    <Section title="Events by verdict" actions={<CallButton call={call} />}>
      <Card>
        <Loaded query={query} lines={5}>
          {(data) =>
            data.total_count === 0 ? (
              <div className={styles['arrivals']} data-state="nothing-yet">
                <p className={styles['fine']}>There are no events in this range.</p>
                <p className={styles['note']}>They appear here a moment after they were accepted. This sends one:</p>
                <Code text={example} what="the command" />
              </div>
            ) : (
              <div className={styles['arrivals']}>
                <p className={styles['total']}>
                  <Num value={data.total_count} href={eventsOf({})} />
                  <span className={styles['note']}>events, as decided when they came</span>
                </p>
                <StackedBar
                  label="Events by verdict on arrival"
                  parts={arrivalTotals(data.points ?? []).map(({ kind, count }) => ({
                    name: verdictLooks[kind].short,
                    count,
                    fill: verdictLooks[kind].fill,
                    href: eventsOf({ verdict: kind, decided: 'arrival' }),
                  }))}
                />
                <Histogram
                  label="Events over time, by verdict on arrival"
                  bars={bars}
                  ticks={histogramTicks(resolved, timezone)}
                  onRange={(start, end) => onRange(rangeText({ start, end }))}
                />
              </div>
            )
          }
        </Loaded>
      </Card>
    </Section>
  );
};
