// Fields that a link fills in of a new feature.
import * as v from 'valibot';
import { textField } from '../../url/search-fields.ts';

export const NewFeatureSearchSchema = v.object({ meter_id: textField, name: textField, back: textField });
