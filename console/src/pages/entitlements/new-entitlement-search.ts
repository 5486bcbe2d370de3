// Fields that a link fills in of a new entitlement.
import * as v from 'valibot';
import { textField } from '../../url/search-fields.ts';

export const NewEntitlementSearchSchema = v.object({
  plan_id: textField,
  subscription_id: textField,
  feature_id: textField,
  back: textField,
});
