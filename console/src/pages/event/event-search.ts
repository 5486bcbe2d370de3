// The state of the page of one event in the URL.
import * as v from 'valibot';
import { wordField } from '../../url/search-fields.ts';

export const EventSearchSchema = v.object({
  /** What is open besides the verdict. */
  open: wordField('', 'edit', 'again'),
});
