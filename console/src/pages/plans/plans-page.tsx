// The plans.
import type { ReactNode } from 'react';
import type { PlanDetailsBody } from '../../../../shared/api/bodies/catalog.ts';
import { Num } from '../../ui/number.tsx';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { CatalogTabs } from '../resource/catalog-tabs.tsx';
import { ListPage } from '../resource/list-page.tsx';
import { type ListSpec, searchBody, type SearchField } from '../resource/list-spec.ts';
import { StatusBadge } from '../resource/status-badge.tsx';

const searchFields: readonly SearchField[] = [
  { field: 'name', label: 'Name' },
  { field: 'lookup_key', label: 'Lookup key' },
  { field: 'id', label: 'Id' },
];

const spec: ListSpec<'searchPlans', PlanDetailsBody> = {
  title: 'Plans',
  noun: 'plan',
  plural: 'plans',
  createRoute: 'createPlan',
  newHref: '/catalog/plans/new',
  callOf: (search, offset) => ({
    route: 'searchPlans',
    body: { ...searchBody(search, offset, searchFields), expand: 'prices,entitlements' },
  }),
  pageOf: (answer) => answer,
  searchFields,
  statuses: [
    { value: '', label: 'Published' },
    { value: 'archived', label: 'Archived' },
  ],
  keyOf: ({ id }) => id,
  hrefOf: ({ id }) => `/catalog/plans/${encodeURIComponent(id)}`,
  about: 'A plan is a set of prices and entitlements that customers are subscribed to.',
  columns: [
    { id: 'name', header: 'Name', width: 260, sortsBy: 'name', cell: (row) => <VisibleText text={row.name} /> },
    {
      id: 'lookup_key',
      header: 'Lookup key',
      width: 220,
      isMono: true,
      sortsBy: 'lookup_key',
      cell: (row) => <VisibleText text={row.lookup_key} />,
    },
    {
      id: 'prices',
      header: 'Prices',
      width: 90,
      isNumeric: true,
      cell: (row) => <Num value={row.prices?.length ?? 0} />,
    },
    {
      id: 'entitlements',
      header: 'Entitlements',
      width: 110,
      isNumeric: true,
      cell: (row) => <Num value={row.entitlements?.length ?? 0} />,
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
