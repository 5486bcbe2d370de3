// The columns of an explanation, on the screen and in a file.
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-paths.ts';
import type { Column } from '../../ui/data-table.tsx';
import { groupedDigits } from '../../ui/digits.ts';
import { VisibleText } from '../../ui/visible-text.tsx';
import { timeText, type Zone } from '../../url/time-text.ts';
import { groupName } from './chart-data.ts';
import { reasonWords } from './ledger.ts';
import styles from './query.module.css';
import type { Explained } from './running-total.ts';

export interface ExplainedRow {
  readonly event: Explained;
  /** The total of this event and all newer ones. */
  readonly total: string;
}

interface Options {
  readonly zone: Zone;
  readonly totalHeader: string;
  /** Whether the list has every event, so that a total says something. */
  readonly hasTotal: boolean;
  readonly totalSeconds: number | undefined;
}

const looks: Readonly<Record<Explained['status'], readonly [IconName, string]>> = {
  counted: ['check', 'counted'],
  counted_as_zero: ['alert', 'counted as zero'],
  excluded: ['minus', 'excluded'],
};

const countsFor = (
  { status, quantity = '', unique_value: unique, seconds }: Explained,
  totalSeconds: number | undefined,
): string => {
  if (status === 'excluded') return '–';
  if (unique !== undefined) return unique;
  const weight =
    seconds === undefined ? '' : ` × ${groupedDigits(seconds)} / ${groupedDigits(totalSeconds ?? seconds)} s`;
  return groupedDigits(quantity) + weight;
};

/** Wide enough for every digit. */
const widthOf = (texts: readonly string[], least: number): number =>
  Math.max(least, 24 + 8 * Math.max(0, ...texts.map((text) => Math.min(text.length, 70))));

/** Returns why an event does not count in full; "" where it does. */
const whyOf = ({ reason, message }: Explained): string =>
  [reason === undefined ? '' : (reasonWords[reason] ?? reason), message ?? ''].filter((text) => text !== '').join(': ');

export const explainColumns = (
  rows: readonly ExplainedRow[],
  { zone, totalHeader, hasTotal, totalSeconds }: Options,
): readonly Column<ExplainedRow>[] => {
  const hasGroups = rows.some(({ event }) => event.group !== undefined);
  return [
    {
      id: 'time',
      header: 'Time',
      width: 200,
      isMono: true,
      cell: ({ event: { timestamp } }) => (
        <span title={timeText(timestamp, 'UTC') + ' UTC'}>{timeText(timestamp, zone)}</span>
      ),
    },
    {
      id: 'outcome',
      header: 'Outcome',
      width: 150,
      cell: ({ event: { status } }) => (
        <span className={styles['outcome']} data-outcome={status}>
          <Icon name={looks[status][0]} size={14} />
          {looks[status][1]}
        </span>
      ),
    },
    {
      id: 'quantity',
      header: 'Counts for',
      width: widthOf(
        rows.map(({ event }) => countsFor(event, totalSeconds)),
        96,
      ),
      isNumeric: true,
      cell: ({ event }) => <VisibleText text={countsFor(event, totalSeconds)} />,
    },
    ...(hasTotal
      ? [
          {
            id: 'total',
            header: totalHeader,
            width: widthOf(
              rows.map(({ total }) => groupedDigits(total)),
              112,
            ),
            isNumeric: true,
            cell: ({ total }: ExplainedRow) => groupedDigits(total),
          },
        ]
      : []),
    ...(hasGroups
      ? [
          {
            id: 'group',
            header: 'Group',
            width: 120,
            cell: ({ event }: ExplainedRow) => <VisibleText text={groupName(event.group)} />,
          },
        ]
      : []),
    {
      id: 'customer',
      header: 'Customer',
      width: 112,
      cell: ({ event }) => <VisibleText text={event.external_customer_id} />,
    },
    {
      id: 'id',
      header: 'Event id',
      width: 136,
      isMono: true,
      cell: ({ event }) => <VisibleText text={event.event_id} />,
    },
    { id: 'why', header: 'Why', width: 200, cell: ({ event }) => <VisibleText text={whyOf(event)} /> },
  ];
};

/** Returns the rows of a file, with a header; times in UTC, every digit. */
export const csvRows = (rows: readonly ExplainedRow[]): readonly (readonly string[])[] => [
  [
    'timestamp',
    'event_id',
    'external_customer_id',
    'window_start',
    'group',
    'status',
    'quantity',
    'unique_value',
    'reason',
    'message',
  ],
  ...rows.map(({ event }) => [
    event.timestamp,
    event.event_id,
    event.external_customer_id,
    event.window_start ?? '',
    groupName(event.group),
    event.status,
    event.quantity ?? '',
    event.unique_value ?? '',
    event.reason ?? '',
    event.message ?? '',
  ]),
];
