// Then and now: the decision that was made when the event came, beside what the catalog of now decides.
import type { ReactNode } from 'react';
import { CustomerLink, MeterLink, PriceLink } from '../../ui/entity-link.tsx';
import { Section } from '../../ui/page-frame.tsx';
import { ThenNow } from '../../ui/then-now.tsx';
import { useSettings } from '../../url/settings.ts';
import { timeText } from '../../url/time-text.ts';
import { type Change, eventChanges } from './event-changes.ts';
import type { Lookup } from './event-sentence.ts';
import styles from './event.module.css';

const faces = {
  text: ({ id }) => id,
  customer: CustomerLink,
  meter: MeterLink,
  price: PriceLink,
  line_item: ({ id }) => (
    <code className={styles['oneLine']} title={id}>
      {id}
    </code>
  ),
} as const satisfies Readonly<Record<Change['kind'], (props: { readonly id: string }) => ReactNode>>;

const Values = ({ kind, ids }: { readonly kind: Change['kind']; readonly ids: readonly string[] }): ReactNode => {
  const Face = faces[kind];
  if (ids.length === 0) return '–';
  return (
    <ul className={styles['plain']}>
      {ids.map((id) => (
        <li key={id}>
          <Face id={id} />
        </li>
      ))}
    </ul>
  );
};

export const EventThenNow = ({ lookup }: { readonly lookup: Lookup }): ReactNode => {
  const { timezone } = useSettings();
  const { decision } = lookup;
  const changes = eventChanges(lookup);
  if (!decision) return null;
  const hasChanged = changes.some((change) => change.hasChanged);
  return (
    <Section title="Then and now">
      <p className={styles['note']}>
        Decided {timeText(decision.decided_at, timezone)}, with version {decision.catalog_version} of the catalog.{' '}
        {hasChanged ? 'The catalog of now decides otherwise.' : 'The catalog of now decides the same.'}
      </p>
      <ThenNow
        rows={changes.map(({ name, kind, then, now, hasChanged: isMarked }) => ({
          name,
          then: <Values kind={kind} ids={then} />,
          now: <Values kind={kind} ids={now} />,
          hasChanged: isMarked,
        }))}
      />
    </Section>
  );
};
