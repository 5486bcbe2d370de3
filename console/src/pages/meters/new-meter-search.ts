// Fields that a link fills in of a new meter.
import * as v from 'valibot';
import { textField } from '../../url/search-fields.ts';

export const NewMeterSearchSchema = v.object({
  event_name: textField,
  field: textField,
  name: textField,
  back: textField,
});
