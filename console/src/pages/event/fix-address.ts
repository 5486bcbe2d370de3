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

/** Returns the link for a fix; undefined where the event itself must be corrected. `customer`: the external id of the event. */
export const fixLink = (failure: Failure, customer: string): FixLink | undefined => {
  const { event_name: name, meter_id: meter } = failure;
  switch (failure.fix?.action) {
    case 'create_customer':
      return { label: 'Create the customer', href: `/customers/new?${query({ external_id: customer })}` };
    case 'create_meter':
      return { label: 'Create a meter', href: `/catalog/meters/new?${query({ event_name: name })}` };
    case 'publish_meter':
      return { label: 'Open the meter', href: `/catalog/meters/${encodeURIComponent(meter ?? '')}` };
    case 'create_price':
      return { label: 'Create a price', href: `/catalog/prices/new?${query({ meter_id: meter })}` };
    case 'create_subscription':
      return { label: 'Create a subscription', href: `/subscriptions/new?${query({ customer })}` };
    case 'add_line_item':
      return { label: 'Open the subscriptions', href: `/subscriptions?${query({ customer })}` };
    case 'correct_property':
    case undefined:
      return undefined;
  }
};
