// The versions of a price as a list shows them: each ends when the next starts, and only the last may have no end.
import * as v from 'valibot';

const Version = v.object({
  id: v.string(),
  parent_price_id: v.nullish(v.string()),
  start_date: v.nullish(v.string()),
  end_date: v.nullish(v.string()),
});
type PriceVersion = v.InferOutput<typeof Version>;

const startOf = ({ start_date: start }: PriceVersion): number => (start ? Date.parse(start) : -Infinity);
const endOf = ({ end_date: end }: PriceVersion): number => (end ? Date.parse(end) : Infinity);
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);
const byTime = (a: PriceVersion, b: PriceVersion): number =>
  compare(startOf(a), startOf(b)) || compare(endOf(a), endOf(b));

export const areVersionsInOrder = (bodies: readonly unknown[]): boolean => {
  const lineages = Map.groupBy(
    bodies.map((body) => v.parse(Version, body)),
    ({ id, parent_price_id: root }) => root || id,
  );
  return [...lineages.values()].every((versions) => {
    const inOrder = versions.toSorted(byTime);
    return inOrder.every((version, index) => {
      const next = inOrder[index + 1];
      return next === undefined || endOf(version) === startOf(next);
    });
  });
};
