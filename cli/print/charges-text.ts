// Shows charges as text: the lines with their total, and how each amount was calculated.
import type { ShownLine, ShownPreview } from '../client/charges-answer.ts';
import { plainTable } from './plain-table.ts';
import { paint, type Terminal } from '../process/terminal.ts';
import { wrapped } from '../process/text-width.ts';
import { unbilledText } from './unbilled-text.ts';
import { coverageText, reasonsText, sum } from './usage-text.ts';
import { visible } from './visible-text.ts';

type Row = readonly [what: string, how: string, amount: string];

const linesTable = ({ line_items: lines, currency, total }: ShownPreview, terminal: Terminal): string =>
  plainTable(
    ['line', 'quantity', `amount in ${currency}`],
    [
      ...lines.map(({ display_name: name, quantity, amount }) => [visible(name), quantity, amount]),
      ['total', '', total],
    ],
    { terminal, rightAligned: [1, 2], isCompact: true },
  );

const quantityRows = ({ explanation: { quantity } }: ShownLine): readonly Row[] => {
  if (quantity === undefined) return [];
  const { aggregation_type: type, event_name: name, counted, counted_as_zero: zero, excluded } = quantity;
  const others = [
    ...(sum(zero) > 0 ? [`counted as zero: ${reasonsText(zero)}`] : []),
    ...(sum(excluded) > 0 ? [`excluded: ${reasonsText(excluded)}`] : []),
  ];
  const events = `${String(counted)} ${counted === 1 ? 'event' : 'events'}`;
  return [['usage', [`${quantity.value}: ${type} of ${visible(name)}, ${events}`, ...others].join('\n'), '']];
};

const andMore = (left: number): string[] => (left > 0 ? [`and ${String(left)} more`] : []);

const allowanceRows = ({ explanation: { allowance } }: ShownLine): readonly Row[] => {
  if (allowance === undefined) return [];
  const { usage_limit: limit, usage_reset_period: reset, taken, billable_quantity: billable } = allowance;
  const granted = limit === null ? 'unlimited' : `${String(limit)}${reset === '' ? '' : `, ${reset}`}`;
  const windows = allowance.windows.map(
    ({ start, used_before: before, used }) => `since ${start}: ${used} used, ${before} of it before this period`,
  );
  return [
    [
      'allowance',
      [`${granted}: ${taken} free, ${billable} billed`, ...windows, ...andMore(allowance.more_windows)].join('\n'),
      '',
    ],
  ];
};

const versionRows = ({
  explanation: { versions, more_versions: left, billed_before: before },
}: ShownLine): readonly Row[] => {
  if (versions.length === 0) return [];
  const all = versions.map(({ start, end, amount }) => `${start} to ${end}: ${amount}`);
  const earlier = before === undefined || before === '0' ? [] : [`${before} units were billed by the versions before`];
  return [['versions', [...all, ...andMore(left), ...earlier].join('\n'), '']];
};

const explained = (line: ShownLine, terminal: Terminal): string => {
  const { restarted_after: restart, steps } = line.explanation;
  const rows: readonly Row[] = [
    ...quantityRows(line),
    ...(restart ? [['restart', visible(restart.message), ''] as const] : []),
    ...versionRows(line),
    ...allowanceRows(line),
    ...steps.map(({ kind, message, amount }) => [kind.replaceAll('_', ' '), visible(message), amount] as const),
    ['amount', '', line.amount],
  ];
  const title = `${visible(line.display_name)}, ${line.period_start} to ${line.period_end}`;
  return [
    paint(terminal, 'bold', wrapped(title, terminal.columns)),
    plainTable([], rows, { terminal, rightAligned: [2], isCompact: true }),
  ].join('\n');
};

/** Returns the text of a preview; no line is wider than the terminal. */
export const chargesText = (preview: ShownPreview, terminal: Terminal, isExplained: boolean): string => {
  const fit = (text: string): string => wrapped(text, terminal.columns);
  const { subscription_id: id, customer, period_start: start, period_end: end, due_date: due } = preview;
  const { unbilled_events: unbilled } = preview;
  const through = preview.verified_through ?? 'unknown';
  return [
    paint(terminal, 'bold', fit(`Charges of ${id} for ${visible(customer.external_id)} from ${start} to ${end}`)),
    ...(preview.line_items.length === 0 ? [fit('Nothing is charged.')] : [linesTable(preview, terminal)]),
    fit(`Due ${due}. Verified through: ${through} (${coverageText(preview, 'it')}).`),
    ...(isExplained ? preview.line_items.flatMap((line) => ['', explained(line, terminal)]) : []),
    ...(unbilled ? ['', unbilledText(unbilled, terminal)] : []),
  ].join('\n');
};
