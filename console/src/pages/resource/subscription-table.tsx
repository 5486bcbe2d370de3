// The subscriptions of a customer or to a plan, in one request.
import type { ReactNode } from 'react';
import { subscriptionStatuses } from '../../../../shared/domain/subscriptions/subscription.ts';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { groupedDigits } from '../../ui/digits.ts';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { ActionButton } from './action-button.tsx';
import { NextStep } from './next-step.tsx';
import resource from './resource.module.css';
import { StatusBadge } from './status-badge.tsx';

interface SubscriptionTableProps {
  /** External id of a customer; or the id of a plan. */
  readonly customer?: string;
  readonly plan?: string;
}

const most = 20;

export const SubscriptionTable = ({ customer, plan }: SubscriptionTableProps): ReactNode => {
  const call = {
    route: 'searchSubscriptions',
    body: {
      ...(customer !== undefined && { external_customer_id: customer }),
      ...(plan !== undefined && { plan_ids: [plan] }),
      subscription_status: subscriptionStatuses,
      expand: 'plan',
      limit: most,
    },
  } as const;
  const query = useApi(call, { keepsPrevious: false });
  const only = new URLSearchParams(customer === undefined ? { plan: plan ?? '' } : { customer }).toString();
  return (
    <Section title="Subscriptions" actions={<CallButton call={call} />}>
      <Loaded query={query} lines={2}>
        {({ items, pagination }) =>
          items.length === 0 ? (
            <NextStep
              action={
                <ActionButton route="createSubscription" href={`/subscriptions/new?${only}`}>
                  {customer === undefined ? 'Subscribe a customer' : 'Subscribe to a plan'}
                </ActionButton>
              }
            >
              {customer === undefined
                ? 'Nobody is subscribed to this plan. A subscription bills a customer by the prices of a plan.'
                : 'This customer has no subscription, so its events are not billed.'}
            </NextStep>
          ) : (
            <>
              <div className={resource['scroll']} tabIndex={0} role="region" aria-label="Subscriptions, table">
                <table className={resource['table']}>
                  <thead>
                    <tr>
                      <th scope="col">{customer === undefined ? 'Customer' : 'Plan'}</th>
                      <th scope="col">Status</th>
                      <th scope="col">Current period</th>
                      <th scope="col">Currency</th>
                      <th scope="col">Charges</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((one) => (
                      <tr key={one.id}>
                        <th scope="row">
                          <PageLink href={`/subscriptions/${encodeURIComponent(one.id)}`}>
                            <VisibleText
                              text={customer === undefined ? one.external_customer_id : (one.plan?.name ?? one.plan_id)}
                            />
                          </PageLink>
                        </th>
                        <td>
                          <StatusBadge status={one.subscription_status} />
                        </td>
                        <td>
                          <Time value={one.current_period_start} precision="date" /> –{' '}
                          <Time value={one.current_period_end} precision="date" />
                        </td>
                        <td>{one.currency.toUpperCase()}</td>
                        <td>
                          <PageLink href={`/charges/${encodeURIComponent(one.id)}`}>Charges</PageLink>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              {pagination.total > most && (
                <p className={resource['small']}>
                  The newest {most} of{' '}
                  <PageLink href={`/subscriptions?${only}`}>{groupedDigits(pagination.total)}</PageLink>.
                </p>
              )}
            </>
          )
        }
      </Loaded>
    </Section>
  );
};
