// The state of the composer in the URL: how the event is written, what it starts from, and the event that was sent last.
import * as v from 'valibot';
import { textField, wordField } from '../../url/search-fields.ts';

export const SendSearchSchema = v.object({
  mode: wordField('form', 'json', 'several'),
  /** Id of an event whose content is copied, without its id. */
  from: textField,
  event_name: textField,
  customer: textField,
  /** Id of the event to follow. */
  sent: textField,
});
export type SendMode = v.InferOutput<typeof SendSearchSchema>['mode'];
