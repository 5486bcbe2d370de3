// A state of usage as plain JSON in one form, so that states that mean the same compare as equal.
import type { DayPage } from '../../../shared/domain/usage/day-page.ts';
import { totalOf } from '../../../shared/domain/numbers/exact-sum.ts';
import { formatQuantity } from '../../../shared/domain/numbers/quantity.ts';
import { type Amount, type GroupState, quantityOf, type UsageState } from '../../../shared/domain/usage/usage-state.ts';

const textOfAmount = (amount: Amount): string => formatQuantity(quantityOf(amount));

const describeGroup = ({
  counted,
  missingProperty,
  nonNumericValue,
  sum,
  moment,
  max,
  latest,
  unique,
}: GroupState) => ({
  counted,
  missingProperty,
  nonNumericValue,
  ...(sum && { sum: formatQuantity(totalOf(sum)) }),
  ...(moment && { moment: formatQuantity(totalOf(moment)) }),
  ...(max !== undefined && { max: textOfAmount(max) }),
  ...(latest && { latest: { ...latest, amount: textOfAmount(latest.amount) } }),
  ...(unique && { unique: [...unique].sort() }),
});

export const describeState = ({ excluded, groups }: UsageState) => ({
  excluded: { ...excluded },
  groups: Object.fromEntries(Array.from(groups, ([key, group]) => [key, describeGroup(group)])),
});

export const describePage = ({ day, hours, slots }: DayPage) => ({
  day,
  hours: Object.fromEntries(hours),
  slots: Object.fromEntries(Array.from(slots, ([slot, state]) => [slot, describeState(state)])),
});
