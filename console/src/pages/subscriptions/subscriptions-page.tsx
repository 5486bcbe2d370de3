// The subscriptions.
import type { ReactNode } from 'react';
import type { SubscriptionDetailsBody } from '../../../../shared/api/bodies/subscriptions.ts';
import { subscriptionStatuses } from '../../../../shared/domain/subscriptions/subscription.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { ListPage } from '../resource/list-page.tsx';
import { type ListSpec, searchBody, type SearchField } from '../resource/list-spec.ts';
import { StatusBadge } from '../resource/status-badge.tsx';

const searchFields: readonly SearchField[] = [
  { field: 'external_customer_id', label: 'Customer' },
  { field: 'lookup_key', label: 'Lookup key' },
  { field: 'id', label: 'Id' },
];

const spec: ListSpec<'searchSubscriptions', SubscriptionDetailsBody> = {
  title: 'Subscriptions',
  noun: 'subscription',
  plural: 'subscriptions',
  createRoute: 'createSubscription',
  newHref: '/subscriptions/new',
  callOf: ({ status, ...search }, offset) => ({
    route: 'searchSubscriptions',
    body: {
      ...searchBody({ ...search, status: '' }, offset, searchFields),
      ...(search.customer !== '' && { external_customer_id: search.customer }),
      ...(search.plan !== '' && { plan_ids: [search.plan] }),
      subscription_status: status === '' ? subscriptionStatuses : [status],
      expand: 'plan,customer',
    },
  }),
  pageOf: (answer) => answer,
  searchFields,
  statuses: [
    { value: '', label: 'Any status' },
    { value: 'active', label: 'Active' },
    { value: 'trialing', label: 'In trial' },
    { value: 'draft', label: 'Draft' },
    { value: 'cancelled', label: 'Cancelled' },
  ],
  keyOf: ({ id }) => id,
  hrefOf: ({ id }) => `/subscriptions/${encodeURIComponent(id)}`,
  about: 'A subscription bills a customer by the prices of a plan, period by period.',
  columns: [
    {
      id: 'customer',
      header: 'Customer',
      width: 220,
      sortsBy: 'external_customer_id',
      cell: (row) => <VisibleText text={row.customer?.name ?? row.external_customer_id} />,
    },
    {
      id: 'external_customer_id',
      header: 'External id',
      width: 180,
      isMono: true,
      cell: (row) => <VisibleText text={row.external_customer_id} />,
    },
    {
      id: 'plan',
      header: 'Plan',
      width: 200,
      cell: (row) => (
        <PageLink href={`/catalog/plans/${encodeURIComponent(row.plan_id)}`}>
          <VisibleText text={row.plan?.name ?? row.plan_id} />
        </PageLink>
      ),
    },
    { id: 'status', header: 'Status', width: 110, cell: (row) => <StatusBadge status={row.subscription_status} /> },
    {
      id: 'start',
      header: 'Period from',
      width: 120,
      sortsBy: 'current_period_start',
      cell: (row) => <Time value={row.current_period_start} precision="date" />,
    },
    {
      id: 'end',
      header: 'To',
      width: 120,
      sortsBy: 'current_period_end',
      cell: (row) => <Time value={row.current_period_end} precision="date" />,
    },
    { id: 'currency', header: 'Currency', width: 90, cell: (row) => row.currency.toUpperCase() },
    {
      id: 'charges',
      header: 'Charges',
      width: 100,
      cell: (row) => <PageLink href={`/charges/${encodeURIComponent(row.id)}`}>Charges</PageLink>,
    },
  ],
};

export const Page = (): ReactNode => <ListPage spec={spec} />;
