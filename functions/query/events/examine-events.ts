// Examines events by their verdicts, in the order given: which of them a question asks for, and what it shows about them.
import type { VerdictBody } from '../../../shared/api/bodies/verdict.ts';
import { toVerdictBody } from '../../../shared/api/events/verdict-bodies.ts';
import type { ListedWarningCode, VerdictQuestion } from '../../../shared/api/events/verdict-question.ts';
import type { VerdictCounts } from '../../../shared/domain/codec/decision-table.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { failurePoints, type QuantityNote, statusOf, type Verdict } from '../../../shared/domain/matching/decision.ts';
import type { MatcherDeps } from '../../../shared/domain/matching/matcher.ts';
import type { Warning } from '../../../shared/domain/matching/warnings.ts';
import type { ScopeStore } from '../../../shared/store/catalog/scopes.ts';
import type { ClaimStore } from '../../../shared/store/events/claims.ts';
import type { ListedEvent } from './event-streams.ts';
import {
  type JudgedEvent,
  openVerdicts,
  similarWarnings,
  type VerdictBounds,
  verdictBounds,
  warningsOf,
} from './verdicts.ts';

export interface ExamineDeps extends MatcherDeps {
  readonly claims: Pick<ClaimStore, 'readMany'>;
  readonly scopes: Pick<ScopeStore, 'read'>;
}

export interface ExamineBounds extends VerdictBounds {
  /** Claims that one request reads, for conflicts. */
  readonly claims: number;
}
export const examineBounds: ExamineBounds = { ...verdictBounds, claims: 2_000 };

/** An event that the question asks for. */
export interface ExaminedEvent extends ListedEvent {
  /** Set if the question shows it. */
  readonly verdict?: VerdictBody;
}

interface Examined {
  readonly shown: readonly ExaminedEvent[];
  /** How many events, from the first on, were examined; fewer than given: the page is full, or a bound is reached. */
  readonly count: number;
}

export interface Examiner {
  /** Examines events until `room` (at least 1) are shown. The first call examines at least one. */
  readonly examine: (events: readonly ListedEvent[], room: number) => Promise<Examined>;
  /** Returns the version of the catalog that decides. */
  readonly catalogVersion: () => Promise<number>;
}

type Shown = Warning | QuantityNote;
/** An event with its place among those given. */
interface Candidate {
  readonly place: number;
  readonly event: ListedEvent;
  /** undefined: the question needs only what was decided when the event came. */
  readonly judged: JudgedEvent | undefined;
}

const isVerdictAsked = ({ statuses, failurePoints: points }: VerdictQuestion, verdict: Verdict): boolean =>
  (statuses.size === 0 || statuses.has(statusOf(verdict))) &&
  (points.size === 0 || (verdict !== 'processed' && points.has(verdict)));

const isAnyAsked = ({ warningCodes }: VerdictQuestion, warnings: readonly Shown[]): boolean => {
  const codes: ReadonlySet<string> = warningCodes;
  return warnings.some(({ code }) => codes.has(code));
};

/** Returns whether the events of a part may be asked for, by the counts of what was decided when they came; undefined: any may. */
export const decidedSo = (question: VerdictQuestion): ((verdicts: VerdictCounts) => boolean) | undefined => {
  if (question.decided === 'now' || question.statuses.size + question.failurePoints.size === 0) return undefined;
  const asked = (['processed', ...failurePoints] as const).filter((verdict) => isVerdictAsked(question, verdict));
  return (counts) => asked.some((verdict) => (counts[verdict] ?? 0) > 0);
};

const similarNameCodes: readonly ListedWarningCode[] = ['customer_near_miss', 'event_name_near_miss'];

const warningsNow = ({ event, match }: JudgedEvent, names: readonly string[]): readonly Shown[] =>
  warningsOf(event, match, { similarNames: similarWarnings(match, names), stored: event.decision.warnings });

/** Creates the examiner of one request. Its functions throw DependencyError. */
export const createExaminer = (
  deps: ExamineDeps,
  scope: Scope,
  question: VerdictQuestion,
  bounds = examineBounds,
): Examiner => {
  const { warningCodes, conflictsOnly, decided, isExpanded } = question;
  const verdicts = openVerdicts(deps, scope, bounds);
  const filters = question.statuses.size + question.failurePoints.size + warningCodes.size;
  const isByNow = decided === 'now' && filters > 0;
  let claimsLeft = bounds.claims;

  const verdictOf = ({ event, judged }: Candidate): Verdict =>
    judged && decided === 'now' ? judged.match.verdict : event.decision.verdict;

  /** Finds similar names, for as many of the candidates as the bound allows. */
  const namesOf = (candidates: readonly Candidate[]) =>
    verdicts.findSimilar(candidates.flatMap(({ judged }) => judged ?? []));

  /** Keeps those with a warning that is asked for, of as many candidates as could be looked at. */
  const filterByWarning = async (candidates: readonly Candidate[]) => {
    if (warningCodes.size === 0) return { known: candidates.length, kept: candidates };
    const isSimilarAsked = isByNow && similarNameCodes.some((code) => warningCodes.has(code));
    const names = isSimilarAsked ? await namesOf(candidates) : candidates.map(() => []);
    const kept = candidates
      .slice(0, names.length)
      .filter(({ event, judged }, index) =>
        isAnyAsked(
          question,
          judged && decided === 'now' ? warningsNow(judged, names[index] ?? []) : event.decision.warnings,
        ),
      );
    return { known: names.length, kept };
  };

  const filterByConflict = async (candidates: readonly Candidate[]) => {
    if (!conflictsOnly) return { known: candidates.length, kept: candidates };
    const asked = candidates.slice(0, claimsLeft);
    claimsLeft -= asked.length;
    const claims = await deps.claims.readMany(
      scope,
      asked.map(({ event }) => event.id),
    );
    const kept = asked.filter(({ event }) => (claims.get(event.id)?.conflicts.length ?? 0) > 0);
    return { known: asked.length, kept };
  };

  const show = async (candidates: readonly Candidate[]): Promise<readonly ExaminedEvent[]> => {
    if (!isExpanded) return candidates.map(({ event }) => event);
    const names = await namesOf(candidates);
    return names.flatMap((similar, index): ExaminedEvent[] => {
      const judged = candidates[index]?.judged;
      if (!judged) return [];
      const { event, match } = judged;
      return [{ ...event, verdict: toVerdictBody(event, match, warningsNow(judged, similar)) }];
    });
  };

  return {
    examine: async (events, room) => {
      const judged = isExpanded || isByNow ? await verdicts.judge(events) : undefined;
      let count = judged?.length ?? events.length;
      /** Ends the examination at the first candidate that could not be looked at. */
      const endAt = (candidate: Candidate | undefined): void => {
        if (candidate) count = Math.min(count, candidate.place);
      };
      const all = events.slice(0, count).map((event, place): Candidate => ({ place, event, judged: judged?.[place] }));
      const asked = all.filter((candidate) => isVerdictAsked(question, verdictOf(candidate)));
      const warned = await filterByWarning(asked);
      endAt(asked[warned.known]);
      const conflicting = await filterByConflict(warned.kept);
      endAt(warned.kept[conflicting.known]);
      const wanted = conflicting.kept.slice(0, room);
      const last = wanted[room - 1];
      if (last) count = Math.min(count, last.place + 1);
      const shown = await show(wanted);
      endAt(wanted[shown.length]);
      return { shown, count };
    },
    catalogVersion: async () => verdicts.catalog()?.version ?? (await deps.scopes.read(scope)).catalogVersion,
  };
};
