// The state of the page of one subscription in the URL.
import * as v from 'valibot';
import { textField } from '../../url/search-fields.ts';

export const SubscriptionSearchSchema = v.object({
  /** The form that is open: `cancel`, `activate`, `add`, `change:ID` or `end:ID` of a line item. */
  edit: textField,
  /** The price of the line item to add. */
  price: textField,
  /** When it starts. */
  start: textField,
});
