// The state of the page of one event in the URL.
import * as v from 'valibot';
import { wordField } from '../../url/search-fields.ts';

export const EventSearchSchema = v.object({
  /** `edit`: the dialog in which the event is changed and sent again is open. */
  open: wordField('', 'edit'),
});
