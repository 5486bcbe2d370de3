// Shows usage as text: windows as a chart, then the value, what it consists of and how complete it is. The chart comes first,
// so that the value stays visible when a long chart scrolls by.
import { type Bar, barChart, plainNumber } from './bar-chart.ts';
import { plainTable } from './plain-table.ts';
import { paint, type Terminal } from '../process/terminal.ts';
import { wrapped } from '../process/text-width.ts';
import { timeText } from './time-text.ts';
import type { UsageAnswer } from '../client/usage-answer.ts';
import { visible } from './visible-text.ts';
import { type Division, hasGap, windowLabels } from './window-labels.ts';

/** The parts of the query that the answer does not repeat. */
export interface Question {
  readonly meter: string | undefined;
  readonly property: string | undefined;
  /** undefined: everybody. */
  readonly customer: string | undefined;
  /** RFC 3339. */
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly timezone: string;
  /** undefined: none, or the meter decides. */
  readonly division: Division | undefined;
}

const manyWindows = 200;

const rangeText = ({ start, end }: Question): string => {
  if (start === undefined) return end === undefined ? 'in the last 7 days' : `in the 7 days before ${end}`;
  return `from ${start} ${end === undefined ? 'until now' : `to ${end}`}`;
};

export const questionText = (
  question: Question,
  { event_name: name, type }: Pick<UsageAnswer, 'event_name' | 'type'>,
): string => {
  const { meter, property, customer } = question;
  const what = property === undefined ? visible(name) : `${visible(property)} in ${visible(name)}`;
  const whose = customer === undefined ? 'for everybody' : `for ${visible(customer)}`;
  return `${type} of ${what}${meter === undefined ? '' : ` (${visible(meter)})`} ${whose} ${rangeText(question)}`;
};

/** Returns the values of a group: `{properties.region: "eu"}` as `eu`. */
export const groupText = (group: Readonly<Record<string, string>> | undefined): string =>
  Object.values(group ?? {})
    .map((value) => (value === '' ? '(empty)' : visible(value)))
    .join(', ');

const toBars = ({ results }: UsageAnswer, { division }: Question): readonly Bar[] => {
  const labels = windowLabels(results.map(({ window_size: start }) => start));
  return results.map(({ window_size: start, group, value }, index) => {
    const previous = results[index - 1]?.window_size;
    const isAfterGap = division !== undefined && previous !== undefined && hasGap(division, previous, start);
    return { label: labels[index] ?? start, group: groupText(group), value, isAfterGap };
  });
};

/** Returns the total of counts by reason. */
export const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);

/** Returns counts by reason as text: `filter 3, missing_property 1`. */
export const reasonsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .flatMap(([reason, count]) => (count > 0 ? [`${reason} ${String(count)}`] : []))
    .join(', ');

type Coverage = Pick<UsageAnswer, 'verified_through' | 'in_flight'>;

/** Describes how complete an answer is; `of` names it in the sentence, such as `the value`. */
export const coverageText = ({ verified_through: through, in_flight: inFlight }: Coverage, of: string): string => {
  if (through !== null) return `everything accepted before is in ${of}`;
  if (inFlight === null) return 'SQS did not report what is in flight: ask again in a moment';
  if (inFlight.dead_letter_queue > 0) {
    return `events in the dead-letter queue are missing from ${of}, and their number is unknown: see "tollgate dlq list"`;
  }
  return inFlight.queue > 0
    ? 'events are waiting in the queue, and it is unknown for how long: ask again in a moment'
    : 'it is unknown what is waiting in the queues: ask again in a moment';
};

const messagesText = (inFlight: Coverage['in_flight']): string => {
  if (inFlight === null || sum(inFlight) === 0) return '';
  const { queue, dead_letter_queue: dead } = inFlight;
  return `messages: ${String(queue)} in the queue, ${String(dead)} in the dead-letter queue`;
};

const answerTable = (answer: UsageAnswer, { division }: Question, terminal: Terminal): string => {
  const { counted, counted_as_zero: zero, excluded, in_flight: inFlight, verified_through: through } = answer;
  return plainTable(
    [],
    [
      ['value', plainNumber(answer.value), division?.kind === 'bucket' ? 'the sum over the buckets' : ''],
      ['counted', String(counted), ''],
      ['counted as zero', String(sum(zero)), reasonsText(zero)],
      ['excluded', String(sum(excluded)), reasonsText(excluded)],
      ['in flight', inFlight === null ? 'unknown' : String(sum(inFlight)), messagesText(inFlight)],
      ['verified through', through === null ? 'unknown' : timeText(through), coverageText(answer, 'the value')],
    ],
    { terminal, rightAligned: [1], isCompact: true },
  );
};

/** Returns a note if rows were left out, else undefined. */
export const missingRowsText = ({ results, has_more: hasMore }: UsageAnswer): string | undefined =>
  hasMore
    ? `Only the first ${String(results.length)} rows fit into the answer; the value covers all rows. For fewer rows, use a shorter range, a larger --window or --bucket, --customer or --filter.`
    : undefined;

const notesOf = (answer: UsageAnswer): readonly string[] => {
  const { counted, counted_as_zero: zero, excluded, results } = answer;
  const missing = missingRowsText(answer);
  return [
    ...(missing === undefined ? [] : [missing]),
    ...(counted + sum(excluded) === 0
      ? [
          'There is no event of this name in the range. Names are case-sensitive: "tollgate events list" shows what was received.',
        ]
      : []),
    ...(sum(zero) + sum(excluded) > 0
      ? ['--explain shows which events are counted as zero and excluded, and why.']
      : []),
    ...(missing === undefined && results.length > manyWindows
      ? [`${String(results.length)} lines: use a larger --window for fewer.`]
      : []),
  ];
};

const divisionText = ({ results }: UsageAnswer, { division, timezone }: Question): string => {
  const zone = results.every(({ window_size: start }) => start.endsWith('Z')) ? 'UTC' : timezone;
  return division === undefined ? `windows in ${zone}` : `${division.size} ${division.kind}s in ${zone}`;
};

/** Returns the text of a usage answer; no line is wider than the terminal. */
export const usageText = (answer: UsageAnswer, question: Question, terminal: Terminal): string => {
  const fit = (text: string): string => wrapped(text, terminal.columns);
  const chart = barChart(toBars(answer, question), terminal);
  return [
    ...fit(questionText(question, answer))
      .split('\n')
      .map((line) => paint(terminal, 'bold', line)),
    ...(chart === '' ? [] : ['', fit(divisionText(answer, question)), chart]),
    '',
    answerTable(answer, question, terminal),
    ...notesOf(answer).map(fit),
  ].join('\n');
};
