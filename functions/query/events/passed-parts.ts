// Passes over parts of the feed that have no event with a wanted decision. Parts of one batch may overlap, and an event that is in
// two of them has the decision of the lower one: so neither of two that overlap is passed over.
import type { VerdictCounts } from '../../../shared/domain/codec/decision-table.ts';
import type { FeedReference } from '../../../shared/domain/codec/feed-item.ts';
import type { SegmentPart } from '../../../shared/domain/events/segment-part.ts';

interface PassedParts {
  /** Returns the parts passed over that overlap this one, because they must be read after all. Call it for every part. */
  readonly recall: (part: SegmentPart) => readonly FeedReference[];
  /** Returns whether a part can be passed over, as far as is known. */
  readonly passOver: (reference: FeedReference) => boolean;
}

const groupOf = ({ customer, name, batchId }: SegmentPart): string => JSON.stringify([customer, name, batchId]);

/** Returns whether two parts of a group, not the same one twice, may have the same event. */
const overlap = (a: SegmentPart, b: SegmentPart): boolean =>
  a.first <= b.last && b.first <= a.last && (a.first !== b.first || a.last !== b.last);

/** Creates them for one hour. Without `isDecidedSo` nothing is passed over, or kept. */
export const createPassedParts = ({
  isDecidedSo,
}: {
  readonly isDecidedSo?: ((verdicts: VerdictCounts) => boolean) | undefined;
}): PassedParts => {
  const seen = new Map<string, SegmentPart[]>();
  const passed = new Map<string, FeedReference[]>();
  if (!isDecidedSo) return { recall: () => [], passOver: () => false };
  return {
    recall: (part) => {
      const group = groupOf(part);
      seen.set(group, [...(seen.get(group) ?? []), part]);
      const { overlapping = [], apart = [] } = Object.groupBy(passed.get(group) ?? [], (one) =>
        overlap(one.part, part) ? 'overlapping' : 'apart',
      );
      passed.set(group, apart);
      return overlapping;
    },
    passOver: (reference) => {
      if (isDecidedSo(reference.verdicts)) return false;
      const group = groupOf(reference.part);
      if (seen.get(group)?.some((part) => overlap(part, reference.part))) return false;
      passed.set(group, [...(passed.get(group) ?? []), reference]);
      return true;
    },
  };
};
