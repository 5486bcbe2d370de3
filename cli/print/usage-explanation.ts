// Lists the events behind a usage value, page by page and as a table.
import { plainNumber } from './bar-chart.ts';
import { goOn, type ListCursor } from '../client/list-cursor.ts';
import { plainTable } from './plain-table.ts';
import { paint, type Terminal } from '../process/terminal.ts';
import { wrapped } from '../process/text-width.ts';
import { timeText } from './time-text.ts';
import { type ExplainedEvent, type ExplanationPage, readExplanationPage } from '../client/usage-answer.ts';
import { groupText, type Question, questionText } from './usage-text.ts';
import { visible } from './visible-text.ts';

const maxPage = 500;

/** Reads the pages of an explanation, newest first, with at most `limit` events in total. */
export async function* explainUsage(
  ask: (body: unknown) => Promise<unknown>,
  request: Readonly<Record<string, unknown>>,
  limit: number,
): AsyncGenerator<ExplanationPage, void> {
  let left = limit;
  let position: ListCursor | undefined = {};
  while (position && left > 0) {
    const page: ExplanationPage = readExplanationPage(
      await ask({ ...request, ...position, page_size: Math.min(left, maxPage) }),
    );
    yield page;
    left -= page.events.length;
    position = goOn(position, page);
  }
}

const quantityText = (
  { quantity, unique_value: unique, seconds, status }: ExplainedEvent,
  totalSeconds: number | undefined,
): string => {
  if (status === 'excluded') return '';
  if (unique !== undefined) return visible(unique);
  const weight =
    seconds === undefined ? '' : `\nfor ${plainNumber(seconds)} of ${plainNumber(totalSeconds ?? seconds)} s`;
  return `${quantity ?? ''}${weight}`;
};

const whyText = ({ reason, message }: ExplainedEvent): string =>
  [reason, message].flatMap((text) => (text === undefined ? [] : [visible(text)])).join(': ');

/** Shows the events of all pages; `page` is any one of them. */
export const explanationText = (
  events: readonly ExplainedEvent[],
  page: ExplanationPage,
  question: Question,
  terminal: Terminal,
): string => {
  const hasWindows = events.some(({ window_start: start }) => start !== undefined);
  const hasGroups = events.some(({ group }) => group !== undefined);
  const rows = events.map((event) => [
    `${visible(event.event_id)}\n${visible(event.external_customer_id)}`,
    [timeText(event.timestamp), ...(hasWindows ? [timeText(event.window_start ?? '')] : [])].join('\n'),
    ...(hasGroups ? [groupText(event.group)] : []),
    event.status.replaceAll('_', ' '),
    quantityText(event, page.total_seconds),
    whyText(event),
  ]);
  const head = [
    'event\ncustomer',
    hasWindows ? 'timestamp\nwindow' : 'timestamp',
    ...(hasGroups ? ['group'] : []),
    'status',
    page.type === 'COUNT_UNIQUE' ? 'value' : 'counts for',
    'why',
  ];
  return [
    paint(terminal, 'bold', wrapped(`${questionText(question, page)}, newest first`, terminal.columns)),
    ...(rows.length === 0 ? [] : ['', plainTable(head, rows, { terminal })]),
  ].join('\n');
};
