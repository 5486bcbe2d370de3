// Shows the events of a period that no line bills as text, by name and cause.
import type { ShownUnbilled } from '../client/charges-answer.ts';
import { paint, type Terminal } from '../process/terminal.ts';
import { wrapped } from '../process/text-width.ts';
import { plainTable } from './plain-table.ts';
import { timeText } from './time-text.ts';
import { visible } from './visible-text.ts';

type Group = ShownUnbilled['groups'][number];

const placeOf = ({ count, first_time: first, last_time: last, example_event_id: id }: Group): string =>
  count === 1 ? `${timeText(first)}, ${id}` : `${timeText(first)} to ${timeText(last)}, the first is ${id}`;

/** Returns the text; no line is wider than the terminal. */
export const unbilledText = (
  { groups, other_events: others = 0, complete, message = '' }: ShownUnbilled,
  terminal: Terminal,
): string => {
  const fit = (text: string): string => wrapped(text, terminal.columns);
  const rows = groups.map((group) => [
    String(group.count),
    `${visible(group.event_name)}: ${visible(group.message)}\n${visible(placeOf(group))}`,
  ]);
  const table = plainTable(
    ['events', 'why no line bills them'],
    [...rows, ...(others > 0 ? [[String(others), 'of other names or causes']] : [])],
    { terminal, rightAligned: [0], isCompact: true },
  );
  const isNone = groups.length === 0;
  return [
    paint(terminal, 'bold', fit('Events that no line bills')),
    ...(isNone ? [fit(complete ? 'None.' : 'None of those that were read.')] : [table]),
    ...(message === '' ? [] : [fit(message)]),
  ].join('\n');
};
