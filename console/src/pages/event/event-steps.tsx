// The steps of an event: customer → meter → price → line item → period.
import type { ReactNode } from 'react';
import { CustomerLink, EntityLink, MeterLink, PriceLink } from '../../ui/entity-link.tsx';
import { type Step, Steps } from '../../ui/steps.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSettings } from '../../url/settings.ts';
import { timeText, type Zone } from '../../url/time-text.ts';
import type { Failure, Lookup } from './event-sentence.ts';
import styles from './event.module.css';

type Billed = NonNullable<Lookup['processed_events']>[number];

const listed = (items: readonly ReactNode[]): ReactNode => (
  <ul className={styles['plain']}>
    {items.map((item, index) => (
      <li key={index}>{item}</li>
    ))}
  </ul>
);

const period = (
  { period_start: start, period_end: end, is_trial: isTrial, line_version: version }: Billed,
  zone: Zone,
): ReactNode =>
  start === undefined || end === undefined ? (
    'No billing period'
  ) : (
    <>
      {timeText(start, zone, false)} – {timeText(end, zone, false)}
      {isTrial && ' · trial, nothing is charged'}
      {version && version.of > 1 && ` · version ${String(version.number)} of ${String(version.of)}`}
    </>
  );

const allowance = ({ allowance: granted }: Billed, zone: Zone): ReactNode =>
  granted && (
    <p className={styles['note']}>
      {granted.usage_limit === null ? 'All usage is free' : `${String(granted.usage_limit)} free`} from{' '}
      {timeText(granted.window_start, zone, false)}
      {granted.window_end !== undefined && ` to ${timeText(granted.window_end, zone, false)}`}
    </p>
  );

const billedSteps = (billed: readonly Billed[], zone: Zone): readonly Step[] => {
  const [first] = billed;
  if (!first) return [];
  return [
    { name: 'Customer', state: 'found', result: <CustomerLink id={first.customer_id} /> },
    { name: 'Meter', state: 'found', result: listed(billed.map(({ meter_id: id }) => <MeterLink key={id} id={id} />)) },
    { name: 'Price', state: 'found', result: listed(billed.map(({ price_id: id }) => <PriceLink key={id} id={id} />)) },
    {
      name: 'Line item',
      state: 'found',
      result: listed(
        billed.map(({ sub_line_item_id: id, subscription_id: subscription }) => (
          <>
            <code>{id}</code> of <EntityLink kind="subscription" id={subscription} name="the subscription" />
          </>
        )),
      ),
    },
    {
      name: 'Period',
      state: 'found',
      result: listed(billed.map((item) => period(item, zone))),
      more: listed(billed.flatMap((item) => allowance(item, zone) ?? [])),
    },
  ];
};

const stateOf = (status: string): Step['state'] =>
  status === 'found' || status === 'not_found' ? status : 'unprocessed';

const failedSteps = (lookup: Lookup, failure: Failure | undefined, zone: Zone): readonly Step[] => {
  const { event, debug_tracker: tracker } = lookup;
  if (!tracker) return [];
  const { customer_lookup: customer, meter_matching: meter, price_lookup: price } = tracker;
  const lineItem = tracker.subscription_line_item_lookup;
  const similar =
    failure && failure.similar_names.length > 0 ? (
      <>
        none; there is <VisibleText text={failure.similar_names.join(', ')} />
      </>
    ) : (
      'none'
    );
  const items = lineItem.matched_line_items ?? [];
  return [
    {
      name: 'Customer',
      state: stateOf(customer.status),
      result: customer.customer ? (
        <EntityLink kind="customer" id={customer.customer.id} name={customer.customer.name} />
      ) : (
        'No such customer'
      ),
      ...(customer.status === 'not_found' && {
        expected: (
          <>
            a customer with the external id <VisibleText text={event.external_customer_id} />
          </>
        ),
        got: similar,
      }),
    },
    {
      name: 'Meter',
      state: stateOf(meter.status),
      result:
        meter.status === 'found'
          ? listed(
              (meter.matched_meters ?? []).map(({ meter_id: id, meter: known }) => (
                <EntityLink key={id} kind="meter" id={id} name={known.name} />
              )),
            )
          : meter.status === 'not_found'
            ? (failure?.message ?? 'No meter counts it')
            : 'Not reached',
      ...(meter.status === 'not_found' && {
        expected: (
          <>
            a published meter of <VisibleText text={event.event_name} /> whose filters match
          </>
        ),
        got: failure?.meter_id ? <MeterLink id={failure.meter_id} /> : similar,
      }),
    },
    {
      name: 'Price',
      state: stateOf(price.status),
      result:
        price.status === 'found'
          ? listed(
              (price.matched_prices ?? []).map(({ price_id: id, price: known }) => (
                <EntityLink key={id} kind="price" id={id} name={known.display_name} />
              )),
            )
          : price.status === 'not_found'
            ? 'No price'
            : 'Not reached',
      ...(price.status === 'not_found' && {
        expected: `a price of the meter at ${timeText(event.timestamp, zone)}`,
        got: 'none',
      }),
    },
    {
      name: 'Line item',
      state: lineItem.status === 'unprocessed' ? 'unprocessed' : 'not_found',
      result: lineItem.status === 'unprocessed' ? 'Not reached' : (failure?.message ?? 'No line item at this time'),
      ...(lineItem.status !== 'unprocessed' && {
        expected: `a line item of these prices at ${timeText(event.timestamp, zone)}`,
        got:
          items.length === 0
            ? 'none'
            : listed(
                items.map(({ sub_line_item_id: id, start_date: start, end_date: end }) => (
                  <>
                    {id}: {timeText(start, zone, false)} – {timeText(end, zone, false)}
                  </>
                )),
              ),
      }),
    },
    { name: 'Period', state: 'unprocessed', result: 'Not reached' },
  ];
};

export const EventSteps = ({
  lookup,
  failure,
}: {
  readonly lookup: Lookup;
  readonly failure?: Failure | undefined;
}): ReactNode => {
  const { timezone } = useSettings();
  const billed = lookup.processed_events ?? [];
  return (
    <Steps
      steps={lookup.status === 'failed' ? failedSteps(lookup, failure, timezone) : billedSteps(billed, timezone)}
    />
  );
};
