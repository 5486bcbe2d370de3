// The state of the page of keys in the URL.
import * as v from 'valibot';
import { flagField, textField } from '../../url/search-fields.ts';

export const KeysSearchSchema = v.object({
  /** Part of a name. */
  search: textField,
  /** Whether the form of a new key is open. */
  new: flagField,
});
