// From nothing to a billed event: each step makes one real call, and what exists already is taken as it is.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { PageFrame } from '../../ui/page-frame.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { currentStep, type Progress, progressOf } from './progress.ts';
import { StartSearchSchema, type StepName, stepNames } from './start-search.ts';
import styles from './start.module.css';
import { StepRow } from './step-row.tsx';
import { useCatalog } from './use-catalog.ts';

/** Reads the id of the newest event that is billed on this way; "" without one. */
const useNewestBilled = ({
  customer,
  meter,
  subscription,
}: Progress): { readonly id: string; readonly isKnown: boolean } => {
  const query = useApi(
    customer && meter && subscription
      ? {
          route: 'queryEvents',
          body: {
            external_customer_id: customer.external_id,
            event_name: meter.event_name,
            status: ['processed'],
            page_size: 1,
          },
        }
      : undefined,
    { keepsPrevious: false },
  );
  return { id: query.data?.events[0]?.id ?? '', isKnown: !query.isLoading };
};

const nothing = { customers: [], meters: [], plans: [], prices: [], entitlements: [], subscriptions: [] } as const;

export const Page = (): ReactNode => {
  const { search, setSearch } = useSearchState(StartSearchSchema);
  const query = useCatalog(search);
  const catalog = query.data ?? { ...nothing, meterOfFeature: new Map<string, string>() };
  const progress = progressOf(catalog, search);
  const newest = useNewestBilled(progress);
  const eventId = search.event || newest.id;
  const first = currentStep(progress, eventId);
  const open: StepName = search.step || first;
  const isFinished = first === 'billed';
  return (
    <PageFrame
      title={isFinished ? 'A first billed event' : `Start: ${open}`}
      heading="From nothing to a billed event"
      lead="Every step is one real call of the API. What exists already is used; nothing is changed."
    >
      <Loaded query={query}>
        {() => (
          <ol className={styles['steps']} aria-busy={!newest.isKnown}>
            {stepNames.map((name) => (
              <StepRow
                key={name}
                name={name}
                state={name === open ? 'open' : stepNames.indexOf(name) < stepNames.indexOf(first) ? 'done' : 'later'}
                progress={progress}
                catalog={catalog}
                eventId={eventId}
                onChange={setSearch}
              />
            ))}
          </ol>
        )}
      </Loaded>
    </PageFrame>
  );
};
