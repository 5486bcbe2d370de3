// From nothing to a billed event: each step makes one real call, and what exists already is taken as it is.
import type { ReactNode } from 'react';
import { routes } from '../../../../shared/api/http/routes.ts';
import type { AnswerOf } from '../../api/answers.ts';
import { useApi } from '../../api/use-api.ts';
import { useSession } from '../../session/session-store.ts';
import { mayCall } from '../../session/whoami.ts';
import { PageFrame } from '../../ui/page-frame.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { currentStep, progressOf } from './progress.ts';
import { type StartChoice, StartSearchSchema, type StepName, stepNames } from './start-search.ts';
import styles from './start.module.css';
import { StepRow } from './step-row.tsx';
import { useCatalog } from './use-catalog.ts';

type Newest = AnswerOf<'queryEvents'>['events'][number];

/** Reads the newest event that is billed, of what a reader chose: a way that was gone to its end is shown to its end. */
const useNewestBilled = ({
  customer,
}: StartChoice): { readonly event: Newest | undefined; readonly isKnown: boolean } => {
  const { who } = useSession();
  const query = useApi(
    mayCall(who, routes.queryEvents.roles)
      ? {
          route: 'queryEvents',
          body: {
            status: ['processed'],
            expand: ['verdict'],
            page_size: 1,
            ...(customer !== '' && { external_customer_id: customer }),
          },
        }
      : undefined,
  );
  return { event: query.data?.events[0], isKnown: !query.isLoading };
};

/** Returns the choice of a reader, completed by what the newest event was billed with. */
const completed = (choice: StartChoice, event: Newest | undefined): StartChoice => {
  const meter = event?.verdict?.quantity?.meter_id ?? '';
  const isOther =
    (choice.meter !== '' && choice.meter !== meter) || choice.plan !== '' || choice.subscription !== '' || !event;
  return isOther ? choice : { ...choice, customer: choice.customer || event.external_customer_id, meter };
};

const nothing = { customers: [], meters: [], plans: [], prices: [], entitlements: [], subscriptions: [] } as const;

export const Page = (): ReactNode => {
  const { search, setSearch } = useSearchState(StartSearchSchema);
  const query = useCatalog(search);
  const catalog = query.data ?? { ...nothing, meterOfFeature: new Map<string, string>() };
  const newest = useNewestBilled(search);
  const progress = progressOf(catalog, completed(search, newest.event));
  const isOfWay =
    progress.subscription !== undefined &&
    newest.event?.external_customer_id === progress.customer?.external_id &&
    newest.event?.verdict?.quantity?.meter_id === progress.meter?.id;
  const eventId = search.event || (isOfWay ? (newest.event?.id ?? '') : '');
  const first = currentStep(progress, eventId);
  const open: StepName = search.step || first;
  const isFinished = first === 'billed';
  return (
    <PageFrame
      title={isFinished ? 'A first billed event' : `Start: ${open}`}
      heading="From nothing to a billed event"
      lead="Every step is one real call of the API. What exists already is used; nothing is changed."
    >
      <Loaded query={newest.isKnown ? query : { ...query, data: undefined, error: null }}>
        {() => (
          <ol className={styles['steps']}>
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
