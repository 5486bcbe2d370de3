// The steps to a first bill, shown while one is missing. They tick themselves, whoever does them.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { Hidden } from '../../ui/hidden.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Card, Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import styles from './overview.module.css';
import { isIncomplete, type SetupStep, setupSteps } from './setup-steps.ts';

const pollMs = 5_000;

interface Fact {
  readonly hasSome: boolean | undefined;
  readonly isPending: boolean;
}

/** Whether a list has something in it; asked again until it has. */
const useHasSome = (route: 'listCustomers' | 'listMeters' | 'listPlans' | 'listPrices' | 'listSubscriptions'): Fact => {
  const { data, isLoading } = useApi(
    { route, query: { limit: 1 } },
    { pollMs: (read) => (read?.items.length === 0 ? pollMs : false) },
  );
  return { hasSome: data && data.items.length > 0, isPending: isLoading };
};

const useHasEvent = (): Fact => {
  const { data, isLoading } = useApi(
    { route: 'queryEvents', body: { page_size: 1 } },
    { pollMs: (read) => (read?.events.length === 0 ? pollMs : false) },
  );
  return { hasSome: data && data.events.length > 0, isPending: isLoading };
};

/** Returns the steps; undefined until they are known, and where the key may not read them. */
export const useSetup = (): { readonly steps: readonly SetupStep[] | undefined; readonly isKnown: boolean } => {
  const [customers, meters, plans, prices, subscriptions] = [
    useHasSome('listCustomers'),
    useHasSome('listMeters'),
    useHasSome('listPlans'),
    useHasSome('listPrices'),
    useHasSome('listSubscriptions'),
  ];
  const events = useHasEvent();
  const facts = [customers, meters, plans, prices, subscriptions, events];
  return {
    isKnown: facts.every(({ isPending }) => !isPending),
    steps: setupSteps({
      hasCustomer: customers.hasSome,
      hasMeter: meters.hasSome,
      hasPlan: plans.hasSome,
      hasPrice: prices.hasSome,
      hasSubscription: subscriptions.hasSome,
      hasEvent: events.hasSome,
    }),
  };
};

export const Checklist = ({ steps }: { readonly steps: readonly SetupStep[] | undefined }): ReactNode => {
  if (!isIncomplete(steps)) return null;
  return (
    <Section title="Set up" actions={<PageLink href="/start">Guide me through it</PageLink>}>
      <Card>
        <ol className={styles['steps']}>
          {steps.map(({ name, note, href, isDone }) => (
            <li key={name} className={styles['step']} data-done={isDone || undefined}>
              <span className={styles['tick']}>{isDone && <Icon name="check" size={12} />}</span>
              <span>
                {isDone ? name : <PageLink href={href}>{name}</PageLink>}
                <Hidden>{isDone ? ' (done)' : ' (to do)'}</Hidden>
                <span className={styles['note']}> {note}</span>
              </span>
            </li>
          ))}
        </ol>
      </Card>
    </Section>
  );
};
