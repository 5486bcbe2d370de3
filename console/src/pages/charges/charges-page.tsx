// The charges of a subscription in a billing period: every line from usage to amount, and the events that no line bills.
import type { ReactNode } from 'react';
import type { Call } from '../../api/call.ts';
import { ApiFailure } from '../../api/failure.ts';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { EntityLink } from '../../ui/entity-link.tsx';
import { FreshnessNote } from '../../ui/freshness-note.tsx';
import { PageFrame, Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded, NothingYet } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { usePathId } from '../../url/use-path-id.ts';
import { useSearchState } from '../../url/use-search.ts';
import { isTrial, nearestPeriod } from '../parts/billing-periods.ts';
import { NoPeriod, PeriodStepper } from '../parts/period-stepper.tsx';
import { instantInZone } from '../parts/period-text.ts';
import type { Preview } from './charge-rows.ts';
import { ChargesSearchSchema } from './charges-search.ts';
import styles from './charges.module.css';
import { LineCard } from './line-card.tsx';
import { LinesTable } from './lines-table.tsx';
import { PeriodStrip } from './period-strip.tsx';
import { Unbilled } from './unbilled.tsx';

const previewCall = (id: string, start: string | undefined): Call<'previewInvoice'> => ({
  route: 'previewInvoice',
  body: { subscription_id: id, ...(start !== undefined && { period_start: start }), include: ['unbilled_events'] },
});

export const Page = (): ReactNode => {
  const id = usePathId();
  const { search, hrefOf } = useSearchState(ChargesSearchSchema);
  const subscription = useApi({ route: 'getSubscription', path: { id } });
  const at = search.period === '' ? NaN : Date.parse(search.period);
  const isNow = Number.isNaN(at);
  // A period is asked for by its start, which an instant inside it decides together with the subscription.
  const start = isNow ? undefined : subscription.data && nearestPeriod(subscription.data, at)?.start;
  const call = previewCall(id, start);
  const preview = useApi(isNow || start !== undefined ? call : undefined, { keepsPrevious: false });
  const customer = preview.data?.customer.external_id ?? subscription.data?.external_customer_id ?? '';
  const body = preview.data?.subscription ?? subscription.data;
  const period = preview.data
    ? { start: preview.data.period_start, end: preview.data.period_end }
    : body && nearestPeriod(body, isNow ? Date.now() : at);
  const isUnknown = subscription.error instanceof ApiFailure && subscription.error.status === 404;
  return (
    <PageFrame
      title={customer === '' ? 'Charges' : `Charges of ${customer}`}
      heading={
        <>
          Charges
          {customer !== '' && (
            <>
              {' of '}
              <VisibleText text={customer} />
            </>
          )}
        </>
      }
      lead={
        body ? (
          <>
            <EntityLink kind="subscription" id={id} /> · {body.billing_period.toLowerCase()} ·{' '}
            {body.subscription_status} ·{' '}
            <PageLink href={`/charges?customer=${encodeURIComponent(customer)}`}>other subscriptions</PageLink>
          </>
        ) : (
          <span>{id} · … · … · other subscriptions</span>
        )
      }
      actions={<CallButton call={call} />}
      bar={
        body && period ? (
          <PeriodStepper subscription={body} period={period} hrefOf={(instant) => hrefOf({ period: instant })} />
        ) : (
          !isUnknown && <NoPeriod />
        )
      }
    >
      {isUnknown ? (
        <NothingYet title="No such subscription">
          <PageLink href="/charges">Choose one of the subscriptions</PageLink>
        </NothingYet>
      ) : (
        <>
          {body && period ? (
            <PeriodStrip subscription={body} period={period} hrefOf={(instant) => hrefOf({ period: instant })} />
          ) : (
            <div className={styles['strip']} />
          )}
          <Loaded query={isNow || start !== undefined ? preview : { ...subscription, data: undefined }} lines={10}>
            {(bill) => <Bill bill={bill} />}
          </Loaded>
        </>
      )}
    </PageFrame>
  );
};

const Bill = ({ bill }: { readonly bill: Preview }): ReactNode => {
  const { subscription, customer, currency, unbilled_events: unbilled } = bill;
  const zone = subscription.timezone;
  const period = { start: bill.period_start, end: bill.period_end };
  const isOver = Date.parse(period.end) <= Date.now();
  return (
    <>
      <Section title="Bill">
        {isTrial(subscription, period) && <p className={styles['hint']}>This period is a trial: nothing is charged.</p>}
        <LinesTable bill={bill} />
        <div className={styles['under']}>
          <span>
            {isOver
              ? 'The period is over: late events and back-dated changes still move it.'
              : 'The period is not over: the amounts are those of now.'}{' '}
            Due {instantInZone(bill.due_date, zone)}.
          </span>
          <FreshnessNote
            verifiedThrough={bill.verified_through}
            waiting={bill.in_flight?.queue}
            deadLettered={bill.in_flight?.dead_letter_queue}
          />
        </div>
      </Section>
      {bill.line_items.length > 0 && (
        <Section title="How each amount came about">
          <div className={styles['lines']}>
            {bill.line_items.map((line) => (
              <LineCard key={line.id} line={line} customer={customer.external_id} zone={zone} />
            ))}
          </div>
        </Section>
      )}
      {unbilled && (
        <Section title={`Events of ${customer.external_id} that no line bills`}>
          <Unbilled unbilled={unbilled} customer={customer.external_id} period={period} />
        </Section>
      )}
      <p className={styles['note']}>
        All amounts are in {currency.toUpperCase()}, times in {zone}.
      </p>
    </>
  );
};
