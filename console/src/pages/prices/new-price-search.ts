// Fields that a link fills in of a new price.
import * as v from 'valibot';
import { textField } from '../../url/search-fields.ts';

export const NewPriceSearchSchema = v.object({
  meter_id: textField,
  plan_id: textField,
  subscription_id: textField,
  currency: textField,
  back: textField,
});
