// Fields that a link fills in of a new plan.
import * as v from 'valibot';
import { textField } from '../../url/search-fields.ts';

export const NewPlanSearchSchema = v.object({ name: textField, back: textField });
