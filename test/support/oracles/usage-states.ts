// Describes a state of usage as plain JSON in one form, so that states that mean the same compare as equal.
import type { DayPage } from '../../../shared/domain/usage/day-page.ts';
import { quantityOf } from '../../../shared/domain/numbers/amount.ts';
import { type ExactSum, totalOf } from '../../../shared/domain/numbers/exact-sum.ts';
import { formatQuantity, type Quantity } from '../../../shared/domain/numbers/quantity.ts';
import type { GroupState, UsageState } from '../../../shared/domain/usage/usage-state.ts';

const isSum = (part: object): part is ExactSum => 'rest' in part;
const isQuantity = (part: object): part is Quantity => 'toFixed' in part;

/** Numbers and exact decimals that mean the same have one text; sets are sorted. */
const describePart = (part: unknown): unknown => {
  if (typeof part === 'number') return formatQuantity(quantityOf(part));
  if (typeof part !== 'object' || part === null) return part;
  if (part instanceof Set) return [...part].map(String).sort();
  if (isSum(part)) return formatQuantity(totalOf(part));
  if (isQuantity(part)) return formatQuantity(part);
  return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, describePart(inner)]));
};

export const describeGroup = (group: GroupState): unknown => describePart(group);

export const describeState = ({ excluded, groups }: UsageState) => ({
  excluded: { ...excluded },
  groups: Object.fromEntries(Array.from(groups, ([key, group]) => [key, describeGroup(group)])),
});

export const describePage = ({ day, hours, slots }: DayPage) => ({
  day,
  hours: Object.fromEntries(hours),
  slots: Object.fromEntries(Array.from(slots, ([slot, state]) => [slot, describeState(state)])),
});
