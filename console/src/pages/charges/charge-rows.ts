// One line of a bill as the rows of a waterfall: what was used, what of it is free, what each step makes of the amount.
import type { AnswerOf } from '../../api/answers.ts';
import {
  decimal,
  formatQuantity,
  type Quantity,
  sumOf,
  zeroQuantity,
} from '../../../../shared/domain/numbers/quantity.ts';

export type Preview = AnswerOf<'previewInvoice'>;
export type Line = Preview['line_items'][number];
type Step = Line['explanation']['steps'][number];

export interface WaterfallRow {
  readonly id: string;
  readonly name: string;
  /** How it came about, in words. */
  readonly how: string;
  /** Exact; with a sign where it takes away. */
  readonly value: string;
  readonly unit: 'units' | 'money';
  readonly kind: 'total' | 'plus' | 'minus';
  /** Ends of its bar, from 0 to 1 of the greatest of its unit. */
  readonly from: number;
  readonly to: number;
  /** Whether its events are behind it. */
  readonly opens?: 'usage' | 'allowance';
}

interface Entry extends Omit<WaterfallRow, 'from' | 'to' | 'value' | 'kind'> {
  readonly start: Quantity;
  readonly end: Quantity;
  readonly isTotal?: boolean;
}

const stepNames: Readonly<Record<Step['kind'], string>> = {
  price: 'Price',
  partial_period: 'Part of the period',
  version_share: 'Share of this version',
  periods: 'Periods',
  trial: 'Trial',
  rounding: 'Rounding',
  commitment: 'Commitment',
  overage: 'Overage',
  commitment_share: 'Share of the commitment',
  true_up: 'True-up',
};

const tierText = ({ up_to: upTo }: Step): string =>
  upTo === undefined ? '' : upTo === null ? 'last tier' : `tier up to ${String(upTo)}`;

const unitEntries = ({
  explanation: { quantity, allowance, billed_before: before },
  quantity: billed,
}: Line): readonly Entry[] => {
  if (quantity === undefined) return [];
  const used = decimal(quantity.value);
  const bill = decimal(allowance?.billable_quantity ?? billed);
  return [
    {
      id: 'usage',
      name: 'Usage',
      how: `${quantity.aggregation_type} of ${quantity.event_name}`,
      unit: 'units',
      start: zeroQuantity,
      end: used,
      isTotal: true,
      opens: 'usage',
    },
    ...(allowance
      ? [
          {
            id: 'allowance',
            name: 'Allowance',
            how: allowanceText(allowance),
            unit: 'units',
            start: bill.plus(allowance.taken),
            end: bill,
            opens: 'allowance',
          } as const,
        ]
      : []),
    {
      id: 'billed',
      name: 'Billed units',
      how: before === undefined || before === '0' ? '' : `after ${before} units of the versions before`,
      unit: 'units',
      start: zeroQuantity,
      end: decimal(billed),
      isTotal: true,
    },
  ];
};

const allowanceText = ({
  usage_limit: limit,
  usage_reset_period: reset,
}: NonNullable<Line['explanation']['allowance']>): string =>
  limit === null
    ? 'unlimited'
    : `${String(limit)} free${reset === '' ? ' in each billing period' : `, reset ${reset.toLowerCase()}`}`;

const moneyEntries = ({ explanation: { steps }, amount }: Line): readonly Entry[] => {
  let sum = zeroQuantity;
  const entries = steps.map((step, index): Entry => {
    const start = sum;
    sum = sum.plus(step.amount);
    const tier = tierText(step);
    return {
      id: `step-${String(index)}`,
      name: tier === '' ? stepNames[step.kind] : `${stepNames[step.kind]}, ${tier}`,
      how: step.message,
      unit: 'money',
      start,
      end: sum,
    };
  });
  return [
    ...entries,
    { id: 'amount', name: 'Amount', how: '', unit: 'money', start: zeroQuantity, end: decimal(amount), isTotal: true },
  ];
};

/** Bars only need the nearest double. */
const shareOf = (value: Quantity, most: Quantity): number =>
  most.eq(zeroQuantity) ? 0 : Math.max(0, Math.min(1, Number(value.div(most).toFixed(6))));

const withBars = (entries: readonly Entry[]): readonly WaterfallRow[] => {
  const most = entries.flatMap(({ start, end }) => [start, end]).reduce((a, b) => (b.gt(a) ? b : a), zeroQuantity);
  return entries.map(({ start, end, isTotal = false, ...entry }) => {
    const change = end.minus(start);
    const [low, high] = start.lt(end) ? [start, end] : [end, start];
    return {
      ...entry,
      value: formatQuantity(change),
      kind: isTotal ? 'total' : change.lt(zeroQuantity) ? 'minus' : 'plus',
      from: shareOf(low, most),
      to: shareOf(high, most),
    };
  });
};

export const waterfallOf = (line: Line): readonly WaterfallRow[] => [
  ...withBars(unitEntries(line)),
  ...withBars(moneyEntries(line)),
];

/** Whether the steps of a line add up to its amount, exactly. */
export const addsUp = ({ explanation: { steps }, amount }: Line): boolean =>
  sumOf(steps.map((step) => decimal(step.amount))).eq(decimal(amount));

/** Returns what the lines come to, and whether that is the total. */
export const sumOfLines = ({
  line_items: lines,
  total,
}: Pick<Preview, 'line_items' | 'total'>): { readonly sum: string; readonly isTotal: boolean } => {
  const sum = sumOf(lines.map(({ amount }) => decimal(amount)));
  return { sum: formatQuantity(sum), isTotal: sum.eq(decimal(total)) };
};
