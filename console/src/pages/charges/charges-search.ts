// The state of the pages of charges in the URL.
import * as v from 'valibot';
import { textField } from '../../url/search-fields.ts';

export const ChargesSearchSchema = v.object({
  /** An instant in the billing period; "": now. */
  period: textField,
});

export const PickSearchSchema = v.object({
  /** The external id of the customer whose subscriptions are listed. */
  customer: textField,
});
