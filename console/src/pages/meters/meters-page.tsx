// The meters.
import type { ReactNode } from 'react';
import type { MeterBody } from '../../../../shared/api/bodies/catalog.ts';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { CatalogTabs } from '../resource/catalog-tabs.tsx';
import { ListPage } from '../resource/list-page.tsx';
import { entityStatuses, listQuery, type ListSpec, searchedField, type SearchField } from '../resource/list-spec.ts';
import { StatusBadge } from '../resource/status-badge.tsx';
import { aggregationText, filterTexts } from './meter-words.ts';

const searchFields: readonly SearchField[] = [
  { field: 'name', label: 'Name' },
  { field: 'event_name', label: 'Event name' },
  { field: 'id', label: 'Id' },
];
const textOf = (meter: MeterBody, field: string): string =>
  field === 'name' ? meter.name : field === 'id' ? meter.id : meter.event_name;

const spec: ListSpec<'listMeters', MeterBody> = {
  title: 'Meters',
  noun: 'meter',
  plural: 'meters',
  createRoute: 'createMeter',
  newHref: '/catalog/meters/new',
  // The API does not search meters: all are read at once.
  callOf: (search, offset) => ({ route: 'listMeters', query: { ...listQuery(search, offset), limit: 1000 } }),
  pageOf: (answer) => answer,
  matches: (meter, search) =>
    textOf(meter, searchedField(search, searchFields)).toLowerCase().includes(search.search.toLowerCase()),
  searchFields,
  statuses: entityStatuses,
  keyOf: ({ id }) => id,
  hrefOf: ({ id }) => `/catalog/meters/${encodeURIComponent(id)}`,
  about:
    'A meter says what to count: which events, and what of them. It applies to all events that match, also to those from before it.',
  columns: [
    { id: 'name', header: 'Name', width: 240, sortsBy: 'name', cell: (row) => <VisibleText text={row.name} /> },
    {
      id: 'event_name',
      header: 'Event name',
      width: 200,
      isMono: true,
      sortsBy: 'event_name',
      cell: (row) => <VisibleText text={row.event_name} />,
    },
    {
      id: 'aggregation',
      header: 'Counts',
      width: 240,
      cell: (row) => <VisibleText text={aggregationText(row.aggregation)} />,
    },
    {
      id: 'filters',
      header: 'Where',
      width: 200,
      cell: (row) => <VisibleText text={filterTexts(row).join(' and ')} />,
    },
    {
      id: 'status',
      header: 'Status',
      width: 120,
      sortsBy: 'status',
      cell: (row) => <StatusBadge status={row.status} />,
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
