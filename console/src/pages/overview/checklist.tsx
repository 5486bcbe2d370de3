// The steps to a first bill, shown while one is missing. They tick themselves, whoever does them.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { Hidden } from '../../ui/hidden.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Card, Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import styles from './overview.module.css';
import { isIncomplete, setupSteps } from './setup-steps.ts';

const pollMs = 5_000;

/** Whether a list has something in it; asked again until it has. */
const useHasSome = (
  route: 'listCustomers' | 'listMeters' | 'listPlans' | 'listPrices' | 'listSubscriptions',
): boolean | undefined => {
  const { data } = useApi({ route, query: { limit: 1 } }, { pollMs });
  return data && data.items.length > 0;
};

const useHasEvent = (): boolean | undefined => {
  const { data } = useApi({ route: 'queryEvents', body: { page_size: 1 } }, { pollMs });
  return data && data.events.length > 0;
};

export const Checklist = (): ReactNode => {
  const steps = setupSteps({
    hasCustomer: useHasSome('listCustomers'),
    hasMeter: useHasSome('listMeters'),
    hasPlan: useHasSome('listPlans'),
    hasPrice: useHasSome('listPrices'),
    hasSubscription: useHasSome('listSubscriptions'),
    hasEvent: useHasEvent(),
  });
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
