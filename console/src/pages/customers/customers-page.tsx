// The customers.
import type { ReactNode } from 'react';
import type { CustomerBody } from '../../../../shared/api/bodies/customers.ts';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { ListPage } from '../resource/list-page.tsx';
import { type ListSpec, searchBody, type SearchField } from '../resource/list-spec.ts';
import { StatusBadge } from '../resource/status-badge.tsx';

const searchFields: readonly SearchField[] = [
  { field: 'external_id', label: 'External id' },
  { field: 'name', label: 'Name' },
  { field: 'email', label: 'Email' },
  { field: 'id', label: 'Id' },
];

const spec: ListSpec<'searchCustomers', CustomerBody> = {
  title: 'Customers',
  noun: 'customer',
  plural: 'customers',
  createRoute: 'createCustomer',
  newHref: '/customers/new',
  callOf: (search, offset) => ({ route: 'searchCustomers', body: searchBody(search, offset, searchFields) }),
  pageOf: (answer) => answer,
  searchFields,
  statuses: [
    { value: '', label: 'Published' },
    { value: 'deleted', label: 'Deleted' },
  ],
  keyOf: ({ id }) => id,
  hrefOf: ({ id }) => `/customers/${encodeURIComponent(id)}`,
  about:
    'A customer is who events are billed to. Events name it by its external id; those that came before it was created count, too.',
  columns: [
    {
      id: 'external_id',
      header: 'External id',
      width: 240,
      isMono: true,
      sortsBy: 'external_id',
      cell: (row) => <VisibleText text={row.external_id} />,
    },
    { id: 'name', header: 'Name', width: 260, sortsBy: 'name', cell: (row) => <VisibleText text={row.name} /> },
    { id: 'email', header: 'Email', width: 220, sortsBy: 'email', cell: (row) => <VisibleText text={row.email} /> },
    { id: 'timezone', header: 'Time zone', width: 170, sortsBy: 'timezone', cell: (row) => row.timezone },
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

export const Page = (): ReactNode => <ListPage spec={spec} />;
