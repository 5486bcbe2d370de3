// Tells why no line item bills an event: which step of its match found nothing, and what that step missed it by.
import type { Catalog } from '../catalog/catalog.ts';
import { matchesMeterFilters } from '../meters/filter.ts';
import { nearestName } from '../nearest-name.ts';
import { indexAccount } from './billable-items.ts';
import { type EventMatch, matchEvent, type MatchQuestion } from './decision.ts';

export const unbilledCauses = [
  /** No published customer has the external id. */
  'no_customer',
  /** No meter has the event name. */
  'no_meter',
  /** All meters of the event name had been archived by then. */
  'meter_archived',
  /** The filters of every meter leave the event out. */
  'meter_filter',
  /** The meters have no price at that time. */
  'no_price',
  /** No subscription of the customer bills. */
  'no_subscription',
  /** No line item of the customer names a price of the meters. */
  'no_line_item',
  'before_line_item',
  'after_line_item',
  'between_line_items',
] as const;
export type UnbilledCause = (typeof unbilledCauses)[number];

/** Cause, and the meter or line item that it is about; "" for none. */
export interface Unbilled<C extends string = UnbilledCause> {
  readonly cause: C;
  readonly meterId: string;
  readonly lineItemId: string;
}

const caused = (cause: UnbilledCause, meterId = '', lineItemId = ''): Unbilled => ({ cause, meterId, lineItemId });

const meterCause = ({ event, catalog }: MatchQuestion): Unbilled => {
  const meters = catalog.metersByEventName.get(event.name) ?? [];
  const [archived] = meters;
  if (!archived) return caused('no_meter');
  const live = meters.find(
    ({ status, archivedAt = -Infinity }) => status === 'published' || archivedAt > event.timestamp,
  );
  if (live) return caused('meter_filter', live.id);
  const meant = meters.find(({ filters }) => matchesMeterFilters(filters, event.properties));
  return caused('meter_archived', (meant ?? archived).id);
};

/** Tells where the time of an event lies among line items of which none is active then. */
const itemCause = ({ event: { timestamp } }: MatchQuestion, { lineItems }: EventMatch): Unbilled | undefined => {
  // One that ends where it starts has never been there.
  const items = lineItems
    .map(({ lineItem }) => lineItem)
    .filter(({ startDate, endDate = Infinity }) => startDate < endDate);
  const past = items
    .filter(({ startDate }) => startDate <= timestamp)
    .sort((a, b) => (b.endDate ?? Infinity) - (a.endDate ?? Infinity));
  const coming = items.filter(({ startDate }) => startDate > timestamp).sort((a, b) => a.startDate - b.startDate);
  const [ended, next] = [past[0], coming[0]];
  if (ended) {
    const hasNext = coming.some(({ meterId }) => meterId === ended.meterId);
    return caused(hasNext ? 'between_line_items' : 'after_line_item', ended.meterId, ended.id);
  }
  return next && caused('before_line_item', next.meterId, next.id);
};

/** Returns why no line item bills an event; undefined: one does. Pure, like `matchEvent`, whose result is `match`. */
export const unbilledCause = (question: MatchQuestion, match = matchEvent(question)): Unbilled | undefined => {
  const { account, catalog } = question;
  const meterId = match.meters[0]?.meter.id ?? '';
  switch (match.verdict) {
    case 'processed':
      return undefined;
    case 'customer_lookup':
      return caused('no_customer');
    case 'meter_lookup':
      return meterCause(question);
    case 'price_lookup':
      return caused('no_price', meterId);
    case 'subscription_line_item_lookup': {
      const isSubscribed = account !== undefined && indexAccount(account, catalog).subscriptions.length > 0;
      return itemCause(question, match) ?? caused(isSubscribed ? 'no_line_item' : 'no_subscription', meterId);
    }
  }
};

const folded = (name: string): string => name.trim().toLowerCase();

/** Returns the event names of meters that a name was probably meant to be: those that differ in case or blanks, else the nearest. */
export const similarEventNames = ({ metersByEventName }: Catalog, name: string): readonly string[] => {
  const known = [...metersByEventName.keys()];
  const same = known.filter((one) => one !== name && folded(one) === folded(name));
  if (same.length > 0) return same;
  const nearest = nearestName(name, known);
  return nearest === undefined ? [] : [nearest];
};
