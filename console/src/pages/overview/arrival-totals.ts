// The sums over time of what was decided when events came.
import type { AnswerOf } from '../../api/answers.ts';

type Point = NonNullable<AnswerOf<'monitorEvents'>['points']>[number];

const kinds = [
  ['processed', 'billed'],
  ['customer_lookup', 'customer'],
  ['meter_lookup', 'meter'],
  ['price_lookup', 'price'],
  ['subscription_line_item_lookup', 'subscription'],
] as const satisfies readonly (readonly [keyof Point['verdicts'], string])[];

/** Returns the number of events of each verdict, in the order of the steps that decide it. */
export const arrivalTotals = (
  points: readonly Point[],
): readonly { readonly kind: (typeof kinds)[number][1]; readonly count: number }[] =>
  kinds.map(([field, kind]) => ({ kind, count: points.reduce((sum, { verdicts }) => sum + verdicts[field], 0) }));
