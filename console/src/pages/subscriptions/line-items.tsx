// The line items of a subscription, also those that have ended; the versions of one line stand together.
import type { ReactNode } from 'react';
import type { LineItemBody, SubscriptionDetailsBody } from '../../../../shared/api/bodies/subscriptions.ts';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Num } from '../../ui/number.tsx';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useMay } from '../../forms/use-may.ts';
import { NextStep } from '../resource/next-step.tsx';
import { periodText, termsText } from '../resource/price-words.ts';
import resource from '../resource/resource.module.css';
import { commitmentText, hasEnded, inVersions, noEnd } from './line-item-words.ts';

interface LineItemsProps {
  readonly subscription: SubscriptionDetailsBody;
  readonly onOpen: (edit: string) => void;
}

export const LineItems = ({ subscription, onOpen }: LineItemsProps): ReactNode => {
  const call = {
    route: 'searchLineItems',
    body: { subscription_ids: [subscription.id], limit: 1000, expand: 'price,meter' },
  } as const;
  const query = useApi(call, { keepsPrevious: false });
  return (
    <Section title="Line items" actions={<CallButton call={call} />}>
      <Loaded query={query} lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <NextStep
              action={
                <Button
                  onClick={() => {
                    onOpen('add');
                  }}
                >
                  Add a line item
                </Button>
              }
            >
              It has no line item, so it bills nothing. It took the prices that its plan had in its currency and period.
            </NextStep>
          ) : (
            <div className={resource['scroll']} tabIndex={0} role="region" aria-label="Line items, table">
              <table className={resource['table']}>
                <thead>
                  <tr>
                    <th scope="col">Line item</th>
                    <th scope="col">Terms</th>
                    <th scope="col">From</th>
                    <th scope="col">To</th>
                    <th scope="col">
                      <span className={resource['small']}>Change</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {inVersions(items).map((item) => (
                    <ItemRow key={item.id} item={item} onOpen={onOpen} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Section>
  );
};

const ItemRow = ({
  item,
  onOpen,
}: {
  readonly item: LineItemBody;
  readonly onOpen: (edit: string) => void;
}): ReactNode => {
  const { may, why } = useMay('updateLineItem');
  const isOver = hasEnded(item, Date.now());
  const name = item.display_name === '' ? item.meter_display_name : item.display_name;
  const commitment = commitmentText(item);
  return (
    <tr className={isOver ? resource['muted'] : undefined}>
      <th scope="row">
        <VisibleText text={name} />
        {item.meter_id !== '' && (
          <div className={resource['small']}>
            <PageLink href={`/catalog/meters/${encodeURIComponent(item.meter_id)}`}>meter</PageLink> ·{' '}
            <PageLink href={`/catalog/prices/${encodeURIComponent(item.price_id)}`}>price</PageLink>
          </div>
        )}
      </th>
      <td>
        {item.price && termsText(item.price)} {periodText(item.billing_period, item.billing_period_count)}
        {item.price_type === 'FIXED' && (
          <>
            {' '}
            × <Num value={item.quantity} />
          </>
        )}
        {commitment !== '' && <div className={resource['small']}>{commitment}</div>}
      </td>
      <td>
        <Time value={item.start_date} />
      </td>
      <td className={resource['nowrap']}>{item.end_date === noEnd ? 'no end' : <Time value={item.end_date} />}</td>
      <td>
        {isOver ? (
          'ended'
        ) : (
          <Menu
            label={`Change ${name}`}
            icon="more"
            entries={[
              {
                label: 'Change price or commitment',
                isDisabled: !may,
                ...(!may && { note: why }),
                onAction: () => {
                  onOpen(`change:${item.id}`);
                },
              },
              {
                label: 'End',
                isDisabled: !may,
                onAction: () => {
                  onOpen(`end:${item.id}`);
                },
              },
            ]}
          />
        )}
      </td>
    </tr>
  );
};
