// The line items that bill by a price. A price that is added to a plan does not reach the subscriptions that exist.
import type { ReactNode } from 'react';
import type { PriceBody } from '../../../../shared/api/bodies/catalog.ts';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded, Skeleton } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { ActionButton } from '../resource/action-button.tsx';
import { countText } from '../resource/count-text.ts';
import { NextStep } from '../resource/next-step.tsx';
import resource from '../resource/resource.module.css';

const most = 20;

export const PriceUses = ({ price }: { readonly price: PriceBody }): ReactNode => {
  const call = {
    route: 'searchLineItems',
    body: { price_ids: [price.id], active_filter: true, limit: most },
  } as const;
  const query = useApi(call, { keepsPrevious: false });
  const owners = useApi(
    price.entity_type === 'PLAN'
      ? { route: 'searchSubscriptions', body: { plan_ids: [price.entity_id], limit: most, expand: 'prices' } }
      : undefined,
  );
  const subscriptions = owners.data;
  const nameOf = (id: string): string => subscriptions?.items.find((one) => one.id === id)?.external_customer_id ?? id;
  const root = price.parent_price_id ?? price.id;
  const missing = (subscriptions?.items ?? []).filter(
    ({ currency, billing_period: period, line_items: items }) =>
      currency === price.currency &&
      (period === price.billing_period || price.billing_period === 'ONETIME') &&
      !items?.some((item) => item.price_id === root || (item.price?.parent_price_id ?? item.price_id) === root),
  );
  return (
    <Section title="Subscriptions billed by it" actions={<CallButton call={call} />}>
      <Loaded query={query} lines={2}>
        {({ items, pagination }) =>
          owners.isLoading ? (
            <Skeleton lines={2} />
          ) : (
            <>
              {items.length === 0 ? (
                <p className={resource['muted']}>No line item bills by it now.</p>
              ) : (
                <>
                  <p>{countText(pagination.total, 'line item')} in force.</p>
                  <ul className={resource['plainList']}>
                    {items.map((item) => (
                      <li key={item.id}>
                        <PageLink href={`/subscriptions/${encodeURIComponent(item.subscription_id)}`}>
                          <VisibleText text={nameOf(item.subscription_id)} />
                        </PageLink>{' '}
                        since <Time value={item.start_date} />
                      </li>
                    ))}
                  </ul>
                </>
              )}
              {missing.slice(0, 3).map((one) => (
                <NextStep
                  key={one.id}
                  action={
                    <ActionButton
                      route="addLineItem"
                      href={`/subscriptions/${encodeURIComponent(one.id)}?${new URLSearchParams({ edit: 'add', price: price.id }).toString()}`}
                    >
                      Add a line item
                    </ActionButton>
                  }
                >
                  The subscription of <VisibleText text={one.external_customer_id} /> to this plan existed before and
                  does not have this price.
                </NextStep>
              ))}
              {missing.length > 3 && (
                <p className={resource['small']}>
                  {countText(missing.length - 3, 'further subscription')} of the plan do not have it either.
                </p>
              )}
            </>
          )
        }
      </Loaded>
    </Section>
  );
};
