// Picks the subscription whose charges are shown: of one customer, or the newest of all.
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import type { AnswerOf } from '../../api/answers.ts';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded, NothingMatches, NothingYet } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { subscriptionsCall } from '../parts/subscriptions-call.ts';
import { DraftField } from '../parts/draft-field.tsx';
import { instantInZone } from '../parts/period-text.ts';
import { PickSearchSchema } from './charges-search.ts';
import styles from './charges.module.css';

const mostListed = 200;

export const Page = (): ReactNode => {
  const { search, setSearch } = useSearchState(PickSearchSchema);
  const { customer } = search;
  const customers = useApi({ route: 'listCustomers', query: { limit: mostListed } });
  const call = subscriptionsCall(customer);
  const query = useApi(call, { keepsPrevious: false });
  const items = query.data?.items ?? [];
  const only = customer !== '' && items.length === 1 ? items[0]?.id : undefined;
  const navigate = useNavigate();
  useEffect(() => {
    if (only !== undefined) void navigate({ to: `/charges/${encodeURIComponent(only)}`, replace: true });
  }, [only, navigate]);
  return (
    <PageFrame
      title={customer === '' ? 'Charges' : `Charges of ${customer}`}
      heading="Charges"
      lead="Choose a subscription to see what it is charged, and why."
      actions={<CallButton call={call} />}
      bar={
        <div className={styles['pick']}>
          <DraftField
            label="Customer"
            value={customer}
            placeholder="All customers"
            suggestions={(customers.data?.items ?? []).map(({ external_id: value, name }) => ({
              value,
              ...(name !== value && { note: name }),
            }))}
            onCommit={(next) => setSearch({ customer: next })}
          />
        </div>
      }
    >
      <Loaded query={query}>
        {(list) =>
          list.items.length === 0 ? (
            customer === '' ? (
              <NothingYet title="No subscriptions yet">
                A subscription joins a customer and a plan; from then on its usage is charged.
              </NothingYet>
            ) : (
              <NothingMatches title="No subscription of this customer">
                Either there is no customer with the external id <VisibleText text={customer} />, which is
                case-sensitive, or nothing bills its events.
              </NothingMatches>
            )
          ) : (
            <Subscriptions items={list.items} />
          )
        }
      </Loaded>
    </PageFrame>
  );
};

const Subscriptions = ({ items }: { readonly items: AnswerOf<'searchSubscriptions'>['items'] }): ReactNode => (
  <div className={styles['scroll']} tabIndex={0} role="group" aria-label="Subscriptions">
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Subscription</th>
          <th scope="col">Customer</th>
          <th scope="col">Plan</th>
          <th scope="col">Status</th>
          <th scope="col">Current period</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <th scope="row">
              <PageLink href={`/charges/${encodeURIComponent(item.id)}`}>
                <code>{item.id}</code>
              </PageLink>
            </th>
            <td>
              <VisibleText text={item.external_customer_id} />
            </td>
            <td>
              <VisibleText text={item.plan?.name ?? item.plan_id} />
            </td>
            <td>{item.subscription_status}</td>
            <td>
              {instantInZone(item.current_period_start, item.timezone)} –{' '}
              {instantInZone(item.current_period_end, item.timezone)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
