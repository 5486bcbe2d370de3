// The custom price units.
import type { ReactNode } from 'react';
import type { PriceUnitBody } from '../../../../shared/api/bodies/price-units.ts';
import { Num } from '../../ui/number.tsx';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { CatalogTabs } from '../resource/catalog-tabs.tsx';
import { ListPage } from '../resource/list-page.tsx';
import { type ListSpec, searchBody, type SearchField } from '../resource/list-spec.ts';
import { StatusBadge } from '../resource/status-badge.tsx';

const searchFields: readonly SearchField[] = [
  { field: 'name', label: 'Name' },
  { field: 'code', label: 'Code' },
];

const spec: ListSpec<'searchPriceUnits', PriceUnitBody> = {
  title: 'Price units',
  noun: 'price unit',
  plural: 'price units',
  createRoute: 'createPriceUnit',
  newHref: '/catalog/price-units/new',
  callOf: (search, offset) => ({ route: 'searchPriceUnits', body: searchBody(search, offset, searchFields) }),
  pageOf: (answer) => answer,
  searchFields,
  statuses: [
    { value: '', label: 'Published' },
    { value: 'archived', label: 'Archived' },
  ],
  keyOf: ({ id }) => id,
  hrefOf: ({ id }) => `/catalog/price-units/${encodeURIComponent(id)}`,
  about: 'A price unit is a currency of your own, such as credits, with a fixed value in a real one.',
  columns: [
    { id: 'name', header: 'Name', width: 240, sortsBy: 'name', cell: (row) => <VisibleText text={row.name} /> },
    { id: 'code', header: 'Code', width: 90, isMono: true, sortsBy: 'code', cell: (row) => row.code },
    { id: 'symbol', header: 'Symbol', width: 90, cell: (row) => <VisibleText text={row.symbol} /> },
    {
      id: 'rate',
      header: 'Value of one',
      width: 160,
      isNumeric: true,
      sortsBy: 'conversion_rate',
      cell: (row) => <Num value={row.conversion_rate} unit={row.base_currency.toUpperCase()} />,
    },
    { id: 'status', header: 'Status', width: 120, cell: (row) => <StatusBadge status={row.status} /> },
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
