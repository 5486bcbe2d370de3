// The prices and features of a meter, the newest events of its name, and its facts.
import type { ReactNode } from 'react';
import type { MeterBody } from '../../../../shared/api/bodies/catalog.ts';
import type { KeyValueRow } from '../../ui/key-value.tsx';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { EntityFacts } from '../resource/entity-facts.tsx';
import { FeatureTable } from '../resource/feature-table.tsx';
import { PriceTable } from '../resource/price-table.tsx';
import { RecentEvents } from '../resource/recent-events.tsx';
import resource from '../resource/resource.module.css';

const code = (text: string | undefined): ReactNode =>
  text === undefined ? undefined : (
    <code>
      <VisibleText text={text} />
    </code>
  );

const factsOf = ({ event_name: name, aggregation, filters, reset_usage: reset }: MeterBody): readonly KeyValueRow[] => [
  ['Event name', code(name)],
  ['Aggregation', aggregation.type],
  ['Property', code(aggregation.field)],
  ['Expression', code(aggregation.expression)],
  ['Multiplier', aggregation.multiplier],
  ['Buckets', aggregation.bucket_size],
  ['Group by', code(aggregation.group_by)],
  ...filters.map(({ key, values }): KeyValueRow => [
    `Where ${key}`,
    <VisibleText key={key} text={`is ${values.join(' or ')}`} />,
  ]),
  ['Begins again', reset === 'NEVER' ? 'never' : 'with each billing period'],
];

export const MeterDetail = ({ meter }: { readonly meter: MeterBody }): ReactNode => (
  <div className={resource['columns']}>
    <div className={resource['main']}>
      <PriceTable meter={meter.id} />
      <FeatureTable meter={meter.id} />
      <RecentEvents
        of={{ event_name: meter.event_name }}
        href={`/events?${new URLSearchParams({ range: '30d', name: meter.event_name }).toString()}`}
      />
    </div>
    <div className={resource['side']}>
      <Section title="Facts">
        <EntityFacts entity={meter} rows={factsOf(meter)} />
      </Section>
      <PageLink href={`/query?meter=${encodeURIComponent(meter.id)}`}>Query its usage</PageLink>
    </div>
  </div>
);
