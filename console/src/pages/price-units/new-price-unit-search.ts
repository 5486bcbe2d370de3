// Fields that a link fills in of a new price unit.
import * as v from 'valibot';
import { textField } from '../../url/search-fields.ts';

export const NewPriceUnitSearchSchema = v.object({ name: textField, back: textField });
