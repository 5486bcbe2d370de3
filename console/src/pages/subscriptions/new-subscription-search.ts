// Fields that a link fills in of a new subscription. `customer` is an external id.
import * as v from 'valibot';
import { textField } from '../../url/search-fields.ts';

export const NewSubscriptionSearchSchema = v.object({
  customer: textField,
  plan: textField,
  currency: textField,
  start: textField,
  back: textField,
});
