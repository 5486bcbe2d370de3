// What a number stands on: events that count, that count as zero, that are excluded, each with its reasons.
import type { AnswerOf } from '../../api/answers.ts';
import type { QuerySearch } from './query-search.ts';

export type Usage = AnswerOf<'queryUsage'>;
type Tallies = Pick<Usage, 'counted' | 'counted_as_zero' | 'excluded'>;

export interface LedgerPart {
  readonly outcome: Exclude<QuerySearch['outcome'], ''>;
  readonly count: number;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

export const reasonWords: Readonly<Record<string, string>> = {
  filter: 'a filter leaves it out',
  missing_property: 'property missing',
  non_numeric_value: 'not a number',
  expression_error: 'expression failed',
};

export const outcomeWords: Readonly<Record<LedgerPart['outcome'], string>> = {
  counted: 'counted',
  counted_as_zero: 'as zero',
  excluded: 'excluded',
};

const reasonsOf = (counts: Readonly<Record<string, number>>): LedgerPart['reasons'] =>
  Object.entries(counts).flatMap(([reason, count]) => (count > 0 ? [{ reason, count }] : []));

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** Returns the parts. The API counts those that count as zero among the counted; here they are apart, as in an explanation. */
export const ledgerOf = ({ counted, counted_as_zero: zero, excluded }: Tallies): readonly LedgerPart[] => [
  { outcome: 'counted', count: counted - sum(zero), reasons: [] },
  { outcome: 'counted_as_zero', count: sum(zero), reasons: reasonsOf(zero) },
  { outcome: 'excluded', count: sum(excluded), reasons: reasonsOf(excluded) },
];

/** Returns how many events an explanation with these filters lists; undefined if the tallies do not say, as of a group. */
export const expectedCount = (
  tallies: Tallies,
  { outcome, reason, of }: Pick<QuerySearch, 'outcome' | 'reason' | 'of'>,
): number | undefined => {
  if (of !== '') return undefined;
  const parts = ledgerOf(tallies).filter((part) => outcome === '' || part.outcome === outcome);
  return parts
    .map(({ count, reasons }) =>
      reason === '' ? count : reasons.reduce((total, one) => total + (one.reason === reason ? one.count : 0), 0),
    )
    .reduce((total, count) => total + count, 0);
};
