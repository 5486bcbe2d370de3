// The prices of a meter, of a plan or of a subscription, in one request.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { groupedDigits } from '../../ui/digits.ts';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { ActionButton } from './action-button.tsx';
import { NextStep } from './next-step.tsx';
import { periodText, priceName, termsText } from './price-words.ts';
import resource from './resource.module.css';

interface PriceTableProps {
  readonly meter?: string;
  readonly plan?: string;
}

const most = 100;

export const PriceTable = ({ meter, plan }: PriceTableProps): ReactNode => {
  const call = {
    route: 'listPrices',
    query: {
      ...(meter !== undefined && { meter_ids: meter }),
      ...(plan !== undefined && { plan_ids: plan }),
      expand: 'meter,plan',
      limit: most,
    },
  } as const;
  const query = useApi(call, { keepsPrevious: false });
  const create = `/catalog/prices/new?${new URLSearchParams(meter === undefined ? { plan_id: plan ?? '' } : { meter_id: meter }).toString()}`;
  return (
    <Section
      title="Prices"
      actions={
        <>
          <ActionButton route="createPrice" icon="plus" look="quiet" href={create}>
            Add a price
          </ActionButton>
          <CallButton call={call} />
        </>
      }
    >
      <Loaded query={query} lines={2}>
        {({ items, pagination }) =>
          items.length === 0 ? (
            <NextStep
              action={
                <ActionButton route="createPrice" href={create}>
                  Add a price
                </ActionButton>
              }
            >
              {meter === undefined
                ? 'This plan has no price, so whoever subscribes to it is billed nothing.'
                : 'No price bills this meter, so its events are counted but not billed.'}
            </NextStep>
          ) : (
            <>
              <div className={resource['scroll']} tabIndex={0} role="region" aria-label="Prices, table">
                <table className={resource['table']}>
                  <thead>
                    <tr>
                      <th scope="col">Price</th>
                      <th scope="col">Terms</th>
                      <th scope="col">Billed</th>
                      <th scope="col">{meter === undefined ? 'Meter' : 'Plan or subscription'}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((one) => (
                      <tr key={one.id}>
                        <th scope="row">
                          <PageLink href={`/catalog/prices/${encodeURIComponent(one.id)}`}>
                            <VisibleText text={priceName(one)} />
                          </PageLink>
                        </th>
                        <td>{termsText(one)}</td>
                        <td>{periodText(one.billing_period, one.billing_period_count)}</td>
                        <td>
                          {meter === undefined ? (
                            one.meter ? (
                              <>
                                <PageLink href={`/catalog/meters/${encodeURIComponent(one.meter_id)}`}>
                                  {one.meter.name}
                                </PageLink>
                                {one.meter.status === 'archived' && (
                                  <span className={resource['small']}> archived</span>
                                )}
                              </>
                            ) : (
                              '–'
                            )
                          ) : one.entity_type === 'PLAN' ? (
                            <PageLink href={`/catalog/plans/${encodeURIComponent(one.entity_id)}`}>
                              {one.plan?.name ?? one.entity_id}
                            </PageLink>
                          ) : (
                            <PageLink href={`/subscriptions/${encodeURIComponent(one.entity_id)}`}>
                              a subscription
                            </PageLink>
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              {pagination.total > most && (
                <p className={resource['small']}>
                  The newest {most} of {groupedDigits(pagination.total)}.
                </p>
              )}
            </>
          )
        }
      </Loaded>
    </Section>
  );
};
