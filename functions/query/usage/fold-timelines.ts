// Folds a customer's events into timelines: all in one fold, those of one definition in one part of it.
import type { Timeline } from '../../../shared/domain/charges/timeline.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { hashOfDefinition } from '../../../shared/domain/usage/definition.ts';
import type { FoldPart } from '../fold/fold-session.ts';
import { foldUsage, type FoldUsageDeps } from '../fold/fold-usage.ts';

type Folded = Pick<Timeline, 'definition' | 'from' | 'to' | 'boundaries' | 'add'>;

const partOf = (timelines: readonly [Folded, ...Folded[]]): FoldPart => ({
  definition: timelines[0].definition,
  start: Math.min(...timelines.map(({ from }) => from)),
  end: Math.max(...timelines.map(({ to }) => to)),
  boundaries: timelines.flatMap(({ from, to, boundaries }) => [from, to, ...boundaries]),
  visit: (slot, state) => {
    for (const { from, to, add } of timelines) if (slot >= from && slot < to) add(slot, state);
  },
});

/** Fills the timelines of one customer; null: of all. Throws as `foldUsage` does. */
export const foldTimelines = async (
  deps: FoldUsageDeps,
  scope: Scope,
  externalCustomerId: string | null,
  timelines: readonly Folded[],
): Promise<void> => {
  const shared = Map.groupBy(timelines, ({ definition }) => hashOfDefinition(definition)).values();
  const parts = [...shared].flatMap(([first, ...others]) => (first ? [partOf([first, ...others])] : []));
  await foldUsage(deps, scope, externalCustomerId, parts);
};
