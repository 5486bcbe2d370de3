// The state of the events page in the URL.
import * as v from 'valibot';
import { flagField, listField, rangeField, textField, wordField } from '../../url/search-fields.ts';

export const EventsSearchSchema = v.object({
  range: rangeField('24h'),
  customer: textField,
  name: textField,
  source: textField,
  /** `key=value` texts. */
  property: listField,
  /** Kinds of verdicts, as in `ui/verdict.ts`. */
  verdict: listField,
  warning: listField,
  /** Only ids that were sent again with other content. */
  conflicts: flagField,
  /** By the catalog of now, or as it was decided when the event came. */
  decided: wordField('', 'arrival'),
  /** `field=value` texts; applied to the rows that are loaded, since the API only includes. */
  not: listField,
  /** Properties shown as columns. */
  columns: listField,
  /** The columns that are hidden. */
  hidden: listField,
  order: wordField('desc', 'asc'),
  /** The id of the event in the panel. */
  event: textField,
  histogram: wordField('', 'off'),
});
export type EventsSearch = v.InferOutput<typeof EventsSearchSchema>;
