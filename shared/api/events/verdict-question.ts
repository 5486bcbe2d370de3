// The fields of lists of events that ask for verdicts: which events to show by their verdict, and whether to show it.
import * as v from 'valibot';
import {
  eventStatuses,
  type EventStatus,
  type FailurePoint,
  failurePoints,
  type QuantityNote,
} from '../../domain/matching/decision.ts';
import { type WarningCode, warningCodes } from '../../domain/matching/warnings.ts';
import { type BrokenRule, brokenOf } from '../http/field-rules.ts';
import { arraySchema } from '../http/primitives.ts';

/** Codes that a list can be filtered by: senders of numbers as strings would have `numeric_string` on every event. */
export const listedWarningCodes = [...warningCodes, 'rounded_number'] as const satisfies readonly (
  WarningCode | QuantityNote['code']
)[];
export type ListedWarningCode = (typeof listedWarningCodes)[number];

/** Whether to go by the catalog of now, or by what was decided when the event came. */
const verdictTimes = ['now', 'arrival'] as const;

/** Question of a list about verdicts: OR within a field, where an empty one means any, AND between fields. */
export interface VerdictQuestion {
  readonly statuses: ReadonlySet<EventStatus>;
  readonly failurePoints: ReadonlySet<FailurePoint>;
  readonly warningCodes: ReadonlySet<ListedWarningCode>;
  /** Only events whose id was sent again with other content. */
  readonly conflictsOnly: boolean;
  readonly decided: (typeof verdictTimes)[number];
  /** Whether each event shows its verdict. */
  readonly isExpanded: boolean;
}

const listed = <const T extends readonly [string, ...string[]]>(known: T) =>
  v.nullish(arraySchema(v.picklist(known), 0, 100), []);

/** Fields that a body and a query write alike: a query separates values by commas, or repeats the name. */
export const verdictLists = {
  status: listed(eventStatuses),
  failure_point_types: listed(failurePoints),
  warning_codes: listed(listedWarningCodes),
  expand: listed(['verdict']),
};
export const decidedField = v.nullish(v.picklist(verdictTimes), 'now');

interface SentQuestion {
  readonly status: readonly EventStatus[];
  readonly failure_point_types: readonly FailurePoint[];
  readonly warning_codes: readonly ListedWarningCode[];
  readonly expand: readonly string[];
  readonly conflicts_only: boolean;
  readonly decided: VerdictQuestion['decided'];
}

export const toVerdictQuestion = (sent: SentQuestion): VerdictQuestion => ({
  statuses: new Set(sent.status),
  failurePoints: new Set(sent.failure_point_types),
  warningCodes: new Set(sent.warning_codes),
  conflictsOnly: sent.conflicts_only,
  decided: sent.decided,
  isExpanded: sent.expand.length > 0,
});

/** Returns whether the question leaves events out. */
export const hasVerdictFilter = ({ statuses, failurePoints, warningCodes, conflictsOnly }: VerdictQuestion): boolean =>
  statuses.size + failurePoints.size + warningCodes.size > 0 || conflictsOnly;

/** Returns the rules that a list by verdict breaks: its events are found one by one, so it has no total, no offset and no other order. */
export const brokenByFilter = (
  question: VerdictQuestion,
  { sort, offset, isTotalAsked }: { readonly sort: string; readonly offset: number; readonly isTotalAsked: boolean },
): readonly BrokenRule[] =>
  hasVerdictFilter(question)
    ? brokenOf(
        [sort === 'event_name', 'sort', 'must be timestamp with a filter by verdict'],
        [offset > 0, 'offset', 'must be 0 with a filter by verdict: page with iter_last_key'],
        [isTotalAsked, 'count_total', 'must be false with a filter by verdict'],
      )
    : [];
