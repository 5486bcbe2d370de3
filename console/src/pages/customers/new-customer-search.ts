// Fields that a link fills in of a new customer.
import * as v from 'valibot';
import { textField } from '../../url/search-fields.ts';

export const NewCustomerSearchSchema = v.object({ external_id: textField, name: textField, back: textField });
