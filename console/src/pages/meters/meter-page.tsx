// One meter: what it counts, its prices and features, the newest events of its name.
import { type ReactNode, useState } from 'react';
import type { MeterBody } from '../../../../shared/api/bodies/catalog.ts';
import { updateMeterSchema } from '../../../../shared/api/catalog/meters.ts';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { PageFrame, Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { ActionButton } from '../resource/action-button.tsx';
import { ChangeForm } from '../resource/change-form.tsx';
import { EntityFacts } from '../resource/entity-facts.tsx';
import { FeatureTable } from '../resource/feature-table.tsx';
import { DetailSearchSchema } from '../resource/list-search.ts';
import { usePathId } from '../../url/use-path-id.ts';
import { PriceTable } from '../resource/price-table.tsx';
import { RecentEvents } from '../resource/recent-events.tsx';
import resource from '../resource/resource.module.css';
import { MeterStatusDialog } from './meter-status-dialog.tsx';
import { changedMeterSections } from './meter-form.ts';
import { MeterPreview } from './meter-preview.tsx';
import { meterSentence } from './meter-words.ts';

export const Page = (): ReactNode => {
  const id = usePathId();
  const { search, setSearch } = useSearchState(DetailSearchSchema);
  const [isAsking, setIsAsking] = useState(false);
  const call = { route: 'getMeter', path: { id } } as const;
  const query = useApi(call, { keepsPrevious: false });
  const meter = query.data;
  const isPublished = meter?.status === 'published';
  return (
    <PageFrame
      key={meter === undefined ? 'reading' : 'read'}
      title={meter?.name ?? 'Meter'}
      heading={<VisibleText text={meter?.name ?? 'Meter'} />}
      lead={meter && <VisibleText text={`Meter: ${meterSentence(meter)}`} />}
      actions={
        <>
          {meter && search.edit === '' && (
            <>
              <ActionButton
                route={isPublished ? 'disableMeter' : 'updateMeter'}
                look={isPublished ? 'danger' : 'primary'}
                onClick={() => {
                  setIsAsking(true);
                }}
              >
                {isPublished ? 'Archive' : 'Publish again'}
              </ActionButton>
              <ActionButton
                route="updateMeter"
                onClick={() => {
                  setSearch({ edit: '1' });
                }}
              >
                Edit
              </ActionButton>
              {isPublished && (
                <ActionButton
                  route="createPrice"
                  look="primary"
                  href={`/catalog/prices/new?meter_id=${encodeURIComponent(id)}`}
                >
                  Add a price
                </ActionButton>
              )}
            </>
          )}
          <CallButton call={call} />
        </>
      }
    >
      <Loaded query={query}>
        {(one) =>
          search.edit === '1' ? (
            <ChangeForm
              label={`Edit ${one.name}`}
              sections={changedMeterSections}
              entity={one}
              initial={{
                filters: [],
                measure: one.aggregation.expression === undefined ? 'field' : 'expression',
                event_name: one.event_name,
              }}
              schema={updateMeterSchema}
              route="updateMeter"
              path={{ id }}
              onClose={() => {
                setSearch({ edit: '' }, { replace: true });
              }}
              preview={(values) => <MeterPreview values={values} eventName={one.event_name} />}
            />
          ) : (
            <div className={resource['columns']}>
              <div className={resource['main']}>
                <PriceTable meter={id} />
                <FeatureTable meter={id} />
                <RecentEvents
                  of={{ event_name: one.event_name }}
                  href={`/events?${new URLSearchParams({ range: '30d', name: one.event_name }).toString()}`}
                />
              </div>
              <div className={resource['side']}>
                <Section title="Facts">
                  <EntityFacts entity={one} rows={factsOf(one)} />
                </Section>
                <PageLink href={`/query?meter=${encodeURIComponent(id)}`}>Query its usage</PageLink>
              </div>
            </div>
          )
        }
      </Loaded>
      {isAsking && meter && (
        <MeterStatusDialog
          meter={meter}
          onClose={() => {
            setIsAsking(false);
          }}
        />
      )}
    </PageFrame>
  );
};

const factsOf = ({ event_name: name, aggregation, filters, reset_usage: reset }: MeterBody) =>
  [
    [
      'Event name',
      <code key="name">
        <VisibleText text={name} />
      </code>,
    ],
    ['Aggregation', aggregation.type],
    [
      'Property',
      aggregation.field === undefined ? undefined : (
        <code key="field">
          <VisibleText text={aggregation.field} />
        </code>
      ),
    ],
    [
      'Expression',
      aggregation.expression === undefined ? undefined : (
        <code key="expression">
          <VisibleText text={aggregation.expression} />
        </code>
      ),
    ],
    ['Multiplier', aggregation.multiplier],
    ['Buckets', aggregation.bucket_size],
    ['Group by', aggregation.group_by],
    ...filters.map(
      ({ key, values }) => [`Where ${key}`, <VisibleText key={key} text={`is ${values.join(' or ')}`} />] as const,
    ),
    ['Begins again', reset === 'NEVER' ? 'never' : 'with each billing period'],
  ] as const;
