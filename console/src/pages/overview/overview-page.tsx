// The overview: what became of the events of the last day, why some are not billed and what would bill them, and how complete that is.
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { RangePicker } from '../../ui/range-picker.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { useSettings } from '../../url/settings.ts';
import { clockText } from '../../url/time-text.ts';
import { useRange } from '../../url/use-range.ts';
import { useSearchState } from '../../url/use-search.ts';
import { Arrivals } from './arrivals.tsx';
import { Checklist, useSetup } from './checklist.tsx';
import { Failures } from './failures.tsx';
import { OverviewSearchSchema } from './overview-search.ts';
import styles from './overview.module.css';
import { Pipeline } from './pipeline.tsx';

export const Page = (): ReactNode => {
  const { search, setSearch } = useSearchState(OverviewSearchSchema);
  const range = useRange(search.range);
  const { timezone } = useSettings();
  const { steps, isKnown } = useSetup();
  return (
    <PageFrame
      title="Overview"
      lead={<span>As of {clockText(range.asOf, timezone, false)}</span>}
      actions={
        <>
          <RangePicker range={search.range} resolved={range.resolved} onChange={(text) => setSearch({ range: text })} />
          <IconButton icon="refresh" label="Read again" onClick={range.refresh} />
        </>
      }
    >
      <div className={styles['row']}>
        <Arrivals range={range} onRange={(text) => setSearch({ range: text })} />
        <Pipeline />
      </div>
      {isKnown ? (
        <>
          <Checklist steps={steps} />
          <Failures range={range} />
        </>
      ) : (
        <Skeleton lines={6} />
      )}
    </PageFrame>
  );
};
