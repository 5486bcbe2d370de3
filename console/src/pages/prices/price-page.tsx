// One price: its terms and their versions, and which subscriptions are billed by it.
import type { ReactNode } from 'react';
import type { PriceBody } from '../../../../shared/api/bodies/catalog.ts';
import { deletePriceSchema, updatePriceSchema } from '../../../../shared/api/prices/prices.ts';
import { useApi } from '../../api/use-api.ts';
import { EntityForm } from '../../forms/entity-form.tsx';
import { toast } from '../../ui/announce.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import type { KeyValueRow } from '../../ui/key-value.tsx';
import { PageFrame, Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { ActionButton } from '../resource/action-button.tsx';
import { ChangeForm } from '../resource/change-form.tsx';
import { EntityFacts } from '../resource/entity-facts.tsx';
import { DetailSearchSchema } from '../resource/list-search.ts';
import { usePathId } from '../../url/use-path-id.ts';
import { periodText, priceName, termsText } from '../resource/price-words.ts';
import resource from '../resource/resource.module.css';
import { CostTable } from './cost-table.tsx';
import { changedPriceSections } from './price-form.ts';
import { PriceUses } from './price-uses.tsx';
import { PriceVersions } from './price-versions.tsx';
import { firstTiers } from './term-fields.ts';

const endSections = [
  {
    title: 'End the price',
    note: 'Later subscriptions do not take it. Line items that bill by it go on: end them in their subscriptions.',
    fields: [{ kind: 'time', path: 'end_date', label: 'Ends', note: 'Empty: now.' }],
  },
] as const;

export const Page = (): ReactNode => {
  const id = usePathId();
  const { search, setSearch } = useSearchState(DetailSearchSchema);
  const call = { route: 'getPrice', path: { id } } as const;
  const query = useApi(call, { keepsPrevious: false });
  const price = query.data;
  const name = price ? priceName(price) : 'Price';
  const close = (): void => {
    setSearch({ edit: '' }, { replace: true });
  };
  return (
    <PageFrame
      key={price === undefined ? 'reading' : 'read'}
      title={name}
      heading={<VisibleText text={name} />}
      lead={
        price && `Price: ${termsText(price)}, billed ${periodText(price.billing_period, price.billing_period_count)}`
      }
      actions={
        <>
          {price && search.edit === '' && price.end_date === undefined && (
            <>
              <ActionButton
                route="deletePrice"
                look="danger"
                onClick={() => {
                  setSearch({ edit: 'end' });
                }}
              >
                End
              </ActionButton>
              <ActionButton
                route="updatePrice"
                look="primary"
                onClick={() => {
                  setSearch({ edit: '1' });
                }}
              >
                Change
              </ActionButton>
            </>
          )}
          <CallButton call={call} />
        </>
      }
    >
      <Loaded query={query}>
        {(one) => {
          if (search.edit === '1') {
            return (
              <ChangeForm
                label={`Change ${name}`}
                sections={changedPriceSections}
                entity={one}
                initial={{
                  type: one.type,
                  entity_type: one.entity_type,
                  price_unit_type: one.price_unit_type,
                  tier_mode: one.tier_mode ?? 'SLAB',
                  'transform_quantity.round': one.transform_quantity.round === 'down' ? 'down' : 'up',
                  ...(one.tiers === undefined && { tiers: firstTiers, price_unit_tiers: firstTiers }),
                }}
                schema={updatePriceSchema}
                route="updatePrice"
                path={{ id }}
                submitLabel="Change price"
                onClose={close}
                preview={(_, body) => (
                  <CostTable body={{ ...one, ...body }} currency={one.currency} unit={one.price_unit ?? ''} />
                )}
              />
            );
          }
          if (search.edit === 'end') {
            return (
              <EntityForm
                label={`End ${name}`}
                sections={endSections}
                initial={{}}
                schema={deletePriceSchema}
                route="deletePrice"
                path={{ id }}
                submitLabel="End price"
                onDone={() => {
                  toast('Ended the price.');
                  close();
                }}
                onCancel={close}
              />
            );
          }
          return (
            <div className={resource['columns']}>
              <div className={resource['main']}>
                <PriceUses price={one} />
                <PriceVersions price={one} />
              </div>
              <div className={resource['side']}>
                <CostTable body={one} currency={one.currency} unit={one.price_unit ?? ''} />
                <Section title="Facts">
                  <EntityFacts entity={one} rows={factsOf(one)} />
                </Section>
              </div>
            </div>
          );
        }}
      </Loaded>
    </PageFrame>
  );
};

const factsOf = (one: PriceBody): readonly KeyValueRow[] => [
  [
    'Belongs to',
    one.entity_type === 'PLAN' ? (
      <PageLink key="plan" href={`/catalog/plans/${encodeURIComponent(one.entity_id)}`}>
        a plan
      </PageLink>
    ) : (
      <PageLink key="subscription" href={`/subscriptions/${encodeURIComponent(one.entity_id)}`}>
        a subscription
      </PageLink>
    ),
  ],
  [
    'Meter',
    one.meter_id === '' ? undefined : (
      <PageLink key="meter" href={`/catalog/meters/${encodeURIComponent(one.meter_id)}`}>
        {one.meter?.name ?? one.meter_id}
      </PageLink>
    ),
  ],
  ['Model', one.billing_model],
  ['Tiers', one.tier_mode],
  ['Currency', one.currency.toUpperCase()],
  ['Price unit', one.price_unit],
  ['Billed', periodText(one.billing_period, one.billing_period_count)],
  ['Due', one.invoice_cadence === 'ARREAR' ? 'at the end of the period' : 'at the start of the period'],
  ['Quantity', one.min_quantity],
  ['Trial', one.trial_period_days === 0 ? undefined : `${String(one.trial_period_days)} days`],
  ['Buckets', one.bucket_size],
  [
    'Starts',
    one.start_date === undefined ? 'no beginning' : <Time key="start" value={one.start_date} precision="second" />,
  ],
  ['Ends', one.end_date === undefined ? undefined : <Time key="end" value={one.end_date} precision="second" />],
  ['Lookup key', one.lookup_key],
  ['Description', one.description],
];
