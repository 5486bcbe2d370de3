// The features.
import type { ReactNode } from 'react';
import type { FeatureBody } from '../../../../shared/api/bodies/catalog.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { CatalogTabs } from '../resource/catalog-tabs.tsx';
import { ListPage } from '../resource/list-page.tsx';
import { entityStatuses, type ListSpec, searchBody, type SearchField } from '../resource/list-spec.ts';
import { StatusBadge } from '../resource/status-badge.tsx';

const searchFields: readonly SearchField[] = [
  { field: 'name', label: 'Name' },
  { field: 'lookup_key', label: 'Lookup key' },
  { field: 'id', label: 'Id' },
];

const spec: ListSpec<'searchFeatures', FeatureBody> = {
  title: 'Features',
  noun: 'feature',
  plural: 'features',
  createRoute: 'createFeature',
  newHref: '/catalog/features/new',
  callOf: (search, offset) => ({
    route: 'searchFeatures',
    body: {
      ...searchBody(search, offset, searchFields),
      ...(search.meter !== '' && { meter_ids: [search.meter] }),
      expand: 'meter',
    },
  }),
  pageOf: (answer) => answer,
  searchFields,
  statuses: entityStatuses,
  keyOf: ({ id }) => id,
  hrefOf: ({ id }) => `/catalog/features/${encodeURIComponent(id)}`,
  about: 'A feature is what a plan grants: a metered one has a limit and a free allowance of the usage of a meter.',
  columns: [
    { id: 'name', header: 'Name', width: 240, sortsBy: 'name', cell: (row) => <VisibleText text={row.name} /> },
    { id: 'type', header: 'Kind', width: 110, sortsBy: 'type', cell: (row) => row.type },
    {
      id: 'meter',
      header: 'Meter',
      width: 240,
      cell: (row) =>
        row.meter && (
          <PageLink href={`/catalog/meters/${encodeURIComponent(row.meter_id)}`}>
            <VisibleText text={row.meter.name} />
          </PageLink>
        ),
    },
    {
      id: 'lookup_key',
      header: 'Lookup key',
      width: 220,
      isMono: true,
      sortsBy: 'lookup_key',
      cell: (row) => <VisibleText text={row.lookup_key} />,
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
