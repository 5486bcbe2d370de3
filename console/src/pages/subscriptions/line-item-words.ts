// Words and order of line items.
import type { LineItemBody } from '../../../../shared/api/bodies/subscriptions.ts';

/** The end of what has none. */
export const noEnd = '0001-01-01T00:00:00Z';

/** Whether an item has ended at a time (UTC milliseconds). */
export const hasEnded = ({ end_date: end }: Pick<LineItemBody, 'end_date'>, now: number): boolean =>
  end !== noEnd && Date.parse(end) <= now;

type Ordered = Pick<LineItemBody, 'id' | 'meter_id' | 'display_name' | 'meter_display_name' | 'start_date'>;

const lineOf = ({ meter_id: meter, display_name: name, meter_display_name: meterName }: Ordered): string =>
  [name === '' ? meterName : name, meter].join('\n');

/** Sorts items so that versions of one line stand together, oldest first. */
export const inVersions = <Item extends Ordered>(items: readonly Item[]): readonly Item[] =>
  items.toSorted(
    (a, b) =>
      lineOf(a).localeCompare(lineOf(b)) ||
      Date.parse(a.start_date) - Date.parse(b.start_date) ||
      (a.id < b.id ? -1 : 1),
  );

type Committed = Pick<
  LineItemBody,
  'commitment_amount' | 'commitment_quantity' | 'commitment_overage_factor' | 'commitment_true_up_enabled' | 'currency'
>;

/** Returns `committed to 100 USD, beyond it × 1.5, with true-up`; "" without a commitment. */
export const commitmentText = (item: Committed): string => {
  const value =
    item.commitment_amount === undefined
      ? item.commitment_quantity === undefined
        ? ''
        : `${item.commitment_quantity} units`
      : `${item.commitment_amount} ${item.currency.toUpperCase()}`;
  if (value === '') return '';
  const factor = item.commitment_overage_factor === undefined ? '' : `, beyond it × ${item.commitment_overage_factor}`;
  return `committed to ${value}${factor}${item.commitment_true_up_enabled ? ', with true-up' : ''}`;
};
