// The prices.
import type { ReactNode } from 'react';
import type { PriceBody } from '../../../../shared/api/bodies/catalog.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { CatalogTabs } from '../resource/catalog-tabs.tsx';
import { ListPage } from '../resource/list-page.tsx';
import { type ListSpec, searchBody, type SearchField } from '../resource/list-spec.ts';
import { periodText, priceName, termsText } from '../resource/price-words.ts';

const searchFields: readonly SearchField[] = [
  { field: 'display_name', label: 'Name' },
  { field: 'lookup_key', label: 'Lookup key' },
  { field: 'meter_id', label: 'Meter id' },
  { field: 'id', label: 'Id' },
];

const spec: ListSpec<'searchPrices', PriceBody> = {
  title: 'Prices',
  noun: 'price',
  plural: 'prices',
  createRoute: 'createPrice',
  newHref: '/catalog/prices/new',
  callOf: ({ status, ...search }, offset) => ({
    route: 'searchPrices',
    body: {
      ...searchBody({ ...search, status: '' }, offset, searchFields),
      ...(search.plan !== '' && { plan_ids: [search.plan] }),
      ...(search.meter !== '' && { meter_ids: [search.meter] }),
      ...(status === 'ended' && { allow_expired_prices: true }),
      expand: 'meter,plan',
    },
  }),
  pageOf: (answer) => answer,
  searchFields,
  statuses: [
    { value: '', label: 'In force or later' },
    { value: 'ended', label: 'Also ended' },
  ],
  keyOf: ({ id }) => id,
  hrefOf: ({ id }) => `/catalog/prices/${encodeURIComponent(id)}`,
  about: 'A price says what the usage of a meter, or a fixed quantity, costs in a plan.',
  columns: [
    {
      id: 'name',
      header: 'Price',
      width: 220,
      sortsBy: 'display_name',
      cell: (row) => <VisibleText text={priceName(row)} />,
    },
    { id: 'terms', header: 'Terms', width: 260, cell: termsText },
    {
      id: 'owner',
      header: 'Plan',
      width: 180,
      cell: (row) =>
        row.entity_type === 'PLAN' ? (
          <PageLink href={`/catalog/plans/${encodeURIComponent(row.entity_id)}`}>
            <VisibleText text={row.plan?.name ?? row.entity_id} />
          </PageLink>
        ) : (
          <PageLink href={`/subscriptions/${encodeURIComponent(row.entity_id)}`}>one subscription</PageLink>
        ),
    },
    {
      id: 'meter',
      header: 'Meter',
      width: 180,
      cell: (row) =>
        row.meter && (
          <PageLink href={`/catalog/meters/${encodeURIComponent(row.meter_id)}`}>
            <VisibleText text={row.meter.name} />
          </PageLink>
        ),
    },
    {
      id: 'billed',
      header: 'Billed',
      width: 120,
      sortsBy: 'billing_period',
      cell: (row) => periodText(row.billing_period, row.billing_period_count),
    },
    {
      id: 'end',
      header: 'Ends',
      width: 130,
      sortsBy: 'end_date',
      cell: (row) => row.end_date !== undefined && <Time value={row.end_date} />,
    },
    {
      id: 'created_at',
      header: 'Created',
      width: 150,
      sortsBy: 'created_at',
      cell: (row) => <Time value={row.created_at} />,
    },
  ],
};

export const Page = (): ReactNode => <ListPage spec={spec} tabs={<CatalogTabs />} />;
