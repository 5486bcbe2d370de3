// The state of the reference in the URL: what is searched, and the tab of the operation.
import * as v from 'valibot';
import { textField } from '../../url/search-fields.ts';

export const ApiSearchSchema = v.object({ q: textField });
