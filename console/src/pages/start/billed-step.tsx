// Watches the event until it is billed, and shows what the subscription owes with it, step by step.
import type { ReactNode } from 'react';
import type { AnswerOf } from '../../api/answers.ts';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { Num } from '../../ui/number.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { FollowEvent } from '../parts/follow-event.tsx';
import styles from './start.module.css';

type Line = AnswerOf<'previewInvoice'>['line_items'][number];

interface BilledStepProps {
  readonly eventId: string;
  readonly meterId: string;
  readonly subscriptionId: string;
  readonly onAgain: () => void;
}

export const BilledStep = ({ eventId, meterId, subscriptionId, onAgain }: BilledStepProps): ReactNode => {
  const { data: lookup } = useApi({ route: 'lookUpEvent', query: { id: eventId } });
  const isBilled = lookup?.status === 'processed';
  const call = { route: 'previewInvoice', body: { subscription_id: subscriptionId } } as const;
  const query = useApi(isBilled ? call : undefined);
  const again = (
    <p>
      <Button icon="send" onClick={onAgain}>
        Send another event
      </Button>
    </p>
  );
  return (
    <div className={styles['columns']}>
      <FollowEvent key={eventId} id={eventId} hasSteps={lookup?.status === 'failed'} />
      <div className={styles['charge']}>
        {isBilled && (
          <Loaded query={query} lines={4}>
            {(invoice) => (
              <>
                <ChargeLine
                  line={invoice.line_items.find(({ meter_id: id }) => id === meterId)}
                  currency={invoice.currency}
                />
                <p className={styles['actions']}>
                  <PageLink href={`/charges/${encodeURIComponent(subscriptionId)}`} className={styles['open']}>
                    All charges of the subscription
                  </PageLink>
                  <CallButton call={call} />
                </p>
                {again}
              </>
            )}
          </Loaded>
        )}
        {lookup?.status === 'failed' && again}
      </div>
    </div>
  );
};

const ChargeLine = ({ line, currency }: { readonly line: Line | undefined; readonly currency: string }): ReactNode => {
  if (!line) return <p>No line of the current period bills this meter.</p>;
  const { explanation, amount, quantity, display_name: name } = line;
  return (
    <>
      <p className={styles['note']}>{name} in the current period</p>
      <p className={styles['amount']} data-amount={amount}>
        <Num value={amount} unit={currency.toUpperCase()} />
      </p>
      <table className={styles['ledger']}>
        <caption>How the amount comes about</caption>
        <tbody>
          {explanation.quantity && (
            <tr>
              <th scope="row">Counted</th>
              <td>
                <Num value={explanation.quantity.value} />
              </td>
            </tr>
          )}
          {explanation.allowance && (
            <tr>
              <th scope="row">Free</th>
              <td>
                − <Num value={explanation.allowance.taken} />
              </td>
            </tr>
          )}
          <tr>
            <th scope="row">Billed</th>
            <td>
              <Num value={quantity} />
            </td>
          </tr>
          {explanation.steps.map(({ kind, message, amount: part }, index) => (
            <tr key={index} data-kind={kind}>
              <th scope="row">{message}</th>
              <td>
                <Num value={part} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};
