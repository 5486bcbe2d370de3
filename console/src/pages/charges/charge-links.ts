// Addresses of the events and the questions behind a bill.
import type { VerdictKind } from '../../ui/verdict.ts';
import { rangeText, type ResolvedRange } from '../../url/range.ts';
import { stringifySearch } from '../../url/search-text.ts';
import type { Line, Preview } from './charge-rows.ts';

type UnbilledGroup = NonNullable<Preview['unbilled_events']>['groups'][number];

/** Returns the address of the events behind the usage of a line, with the same meter, customer and time. */
export const usageHref = (
  { explanation: { quantity } }: Line,
  customer: string,
  subscription: string,
  show: '' | 'explain' = 'explain',
): string | undefined =>
  quantity &&
  `/query${stringifySearch({
    meter: quantity.meter_id,
    customer,
    range: rangeText(quantity),
    subscription,
    show,
  })}`;

/** Returns the address of a window of an allowance, in which its usage is counted. */
export const windowHref = (
  { explanation: { quantity } }: Line,
  customer: string,
  subscription: string,
  window: ResolvedRange,
): string | undefined =>
  quantity &&
  `/query${stringifySearch({ meter: quantity.meter_id, customer, range: rangeText(window), subscription })}`;

const kinds: Readonly<Record<UnbilledGroup['cause'], VerdictKind>> = {
  no_customer: 'customer',
  no_meter: 'meter',
  meter_archived: 'meter',
  meter_filter: 'meter',
  no_price: 'price',
  no_subscription: 'subscription',
  no_line_item: 'subscription',
  before_line_item: 'subscription',
  after_line_item: 'subscription',
  between_line_items: 'subscription',
};

export const kindOfCause = (cause: UnbilledGroup['cause']): VerdictKind => kinds[cause];

/** Returns the address of the events of a group. */
export const unbilledHref = (
  { cause, event_name: name }: UnbilledGroup,
  customer: string,
  period: ResolvedRange,
): string => `/events${stringifySearch({ customer, name, range: rangeText(period), verdict: kinds[cause] })}`;
