// One sentence about an event: whether it is billed, and if not, why, and what was probably meant.
import type { AnswerOf } from '../../api/answers.ts';

export type Lookup = AnswerOf<'lookUpEvent'>;
export type Failure = AnswerOf<'listEventFailures'>['failures'][number];

/** A part of a sentence; a name from outside is shown as such, and words that contain one so that nothing in them is hidden. */
export type SentencePart = string | { readonly name: string; readonly isWords?: boolean };

const name = (text: string): SentencePart => ({ name: text });

const joined = (names: readonly string[]): readonly SentencePart[] =>
  names.flatMap((one, index) => [index === 0 ? '' : index === names.length - 1 ? ' or ' : ', ', name(one)]);

const meant = (names: readonly string[]): readonly SentencePart[] =>
  names.length === 0 ? [] : [' Did you mean ', ...joined(names), '?'];

/** The words for the warning, which name the property and what there is instead; without them, what it means. */
const because = ({ warnings = [] }: Lookup, code: Failure['cause'], meaning: string): readonly SentencePart[] => {
  const message = warnings.find((one) => one.code === code)?.message ?? '';
  return message === '' ? [`, because ${meaning}.`] : [': ', { name: message, isWords: true }, '.'];
};

type Causes = Readonly<Record<Failure['cause'], (lookup: Lookup) => readonly SentencePart[]>>;

const causes: Causes = {
  no_customer: ({ event }) => ['no customer has the external id ', name(event.external_customer_id), '.'],
  no_meter: ({ event }) => ['no meter counts the event name ', name(event.event_name), '.'],
  meter_archived: ({ event }) => ['the meter of ', name(event.event_name), ' was archived before this time.'],
  meter_filter: ({ event }) => ['the filters of the meters of ', name(event.event_name), ' leave it out.'],
  no_price: () => ['no price covers its meter at this time.'],
  no_subscription: ({ event }) => [name(event.external_customer_id), ' has no subscription that bills.'],
  no_line_item: ({ event }) => ['no line item of ', name(event.external_customer_id), ' has a price of its meter.'],
  before_line_item: () => ['it is earlier than the first line item that would bill it.'],
  after_line_item: () => ['it is later than the end of the line item that billed its meter.'],
  between_line_items: () => ['it is in a gap between two line items of its meter.'],
  missing_property: (lookup) => [
    'a meter counts it as 0',
    ...because(lookup, 'missing_property', 'the property is missing'),
  ],
  non_numeric_value: (lookup) => [
    'a meter counts it as 0',
    ...because(lookup, 'non_numeric_value', 'the property is not a number'),
  ],
  expression_error: () => ['a meter leaves it out, because its expression fails for this event.'],
};

const points: Readonly<Record<string, Failure['cause']>> = {
  customer_lookup: 'no_customer',
  meter_lookup: 'no_meter',
  price_lookup: 'no_price',
  subscription_line_item_lookup: 'no_line_item',
};

const similarCodes = new Set(['event_name_near_miss', 'customer_near_miss']);

const similarNames = (lookup: Lookup, failure: Failure | undefined): readonly string[] => {
  if (failure && failure.similar_names.length > 0) return failure.similar_names;
  return (lookup.warnings ?? []).flatMap(({ code, subject }) =>
    similarCodes.has(code) && subject !== undefined && subject !== '' ? [subject] : [],
  );
};

/** Returns the warning for which a meter counts the event as 0 or leaves it out, if there is one. */
const zeroingCause = ({ warnings = [] }: Lookup): Failure['cause'] | undefined =>
  (['missing_property', 'non_numeric_value', 'expression_error'] as const).find((cause) =>
    warnings.some(({ code }) => code === cause),
  );

/** Returns the sentence. `failure`: the group of failures that the event is in, once it is known. */
export const eventSentence = (lookup: Lookup, failure?: Failure): readonly SentencePart[] => {
  const { status, debug_tracker: tracker, processed_events: billed = [] } = lookup;
  if (status === 'processing') return ['Waiting: accepted, but not stored yet.'];
  if (status === 'failed') {
    const point = tracker?.failure_point?.failure_point_type ?? '';
    const cause = failure?.cause ?? points[point];
    const reason = cause ? causes[cause](lookup) : ['no line item counts it.'];
    return ['Not billed: ', ...reason, ...meant(similarNames(lookup, failure))];
  }
  const [first] = billed;
  if (!first) return ['Billed.'];
  const more = billed.length > 1 ? ` Another ${String(billed.length - 1)} of its line items count it too.` : '';
  const trial = first.is_trial ? ' in a trial, where nothing is charged' : '';
  const zeroing = failure?.cause ?? zeroingCause(lookup);
  const warned = zeroing ? [' But ', ...causes[zeroing](lookup), ...meant(failure?.similar_names ?? [])] : [];
  return [`Billed: it counts ${first.qty_total}${trial}.`, more, ...warned];
};

/** Returns the sentence as plain text, for the title of the page and for copying. */
export const sentenceText = (parts: readonly SentencePart[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.name)).join('');
