// Where what is missing can be created: the address of the form, filled in.
import type { Failure } from './event-sentence.ts';

export interface FixLink {
  readonly label: string;
  readonly href: string;
}

const query = (fields: Readonly<Record<string, string | undefined>>): string =>
  new URLSearchParams(
    Object.fromEntries(Object.entries(fields).flatMap(([name, text]) => (text ? [[name, text]] : []))),
  ).toString();

const field = (failure: Failure, name: string): string => {
  const value = failure.fix?.request?.body[name];
  return typeof value === 'string' ? value : '';
};

/** An archived meter is published again by itself, or with the feature that it was archived with. */
const publishLink = ({ fix, meter_id: meter = '' }: Failure): FixLink => {
  const [, feature] = /^\/v1\/features\/(.+)$/.exec(fix?.request?.path ?? '') ?? [];
  return feature === undefined
    ? { label: 'Open the meter', href: `/catalog/meters/${encodeURIComponent(meter)}` }
    : { label: 'Open the feature', href: `/catalog/features/${encodeURIComponent(feature)}` };
};

/** The form of the line item, where one subscription and one price are meant. */
const lineItemLink = (failure: Failure, customer: string): FixLink => {
  const [, subscription] = /^\/v1\/subscriptions\/([^/]+)\/lineitems$/.exec(failure.fix?.request?.path ?? '') ?? [];
  if (subscription === undefined)
    return { label: 'Open the subscriptions', href: `/subscriptions?${query({ customer })}` };
  const fields = { edit: 'add', price: field(failure, 'price_id'), start: field(failure, 'start_date') };
  return { label: 'Add a line item', href: `/subscriptions/${encodeURIComponent(subscription)}?${query(fields)}` };
};

/**
 * Returns the link for a fix; undefined where the event itself must be corrected. `customer`: the external id of the event;
 * `back`: the page that the form returns to.
 */
export const fixLink = (failure: Failure, customer: string, back?: string): FixLink | undefined => {
  const { event_name: name, meter_id: meter } = failure;
  switch (failure.fix?.action) {
    case 'create_customer':
      return { label: 'Create the customer', href: `/customers/new?${query({ external_id: customer, back })}` };
    case 'create_meter':
      return { label: 'Create a meter', href: `/catalog/meters/new?${query({ event_name: name, back })}` };
    case 'publish_meter':
      return publishLink(failure);
    case 'create_price':
      // It does not return: the page of the price says which subscriptions need a line item for it.
      return { label: 'Create a price', href: `/catalog/prices/new?${query({ meter_id: meter })}` };
    case 'create_subscription':
      return {
        label: 'Create a subscription',
        href: `/subscriptions/new?${query({
          customer,
          plan: field(failure, 'plan_id'),
          currency: field(failure, 'currency'),
          // One that starts now would not bill what came before.
          start: field(failure, 'start_date') || failure.first_timestamp,
          back,
        })}`,
      };
    case 'add_line_item':
      return lineItemLink(failure, customer);
    case 'correct_property':
    case undefined:
      return undefined;
  }
};
