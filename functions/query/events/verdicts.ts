// Decides stored events by the catalog of now, as many as one request may: lists by verdict, failures by cause and the live view all
// decide through it. The lookup makes its warnings here too, so that a list says of an event what the lookup says.
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import { mapConcurrently } from '../../../shared/domain/concurrency.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import {
  type EventMatch,
  isOfArrival,
  type MatchQuestion,
  type QuantityNote,
  quantityNotes,
} from '../../../shared/domain/matching/decision.ts';
import { type Matcher, type MatcherDeps, missingName, openMatcher } from '../../../shared/domain/matching/matcher.ts';
import { similarNameWarning, type Warning } from '../../../shared/domain/matching/warnings.ts';
import type { Account } from '../../../shared/domain/subscriptions/subscription.ts';
import type { ListedEvent } from './event-streams.ts';

export interface VerdictBounds {
  /** External ids of customers that one request reads. */
  readonly accounts: number;
  /** Names that it looks for similar ones of. */
  readonly similarNames: number;
}
export const verdictBounds: VerdictBounds = { accounts: 1_000, similarNames: 200 };

/** An event, decided by the catalog of now. */
export interface JudgedEvent {
  readonly event: ListedEvent;
  readonly question: MatchQuestion;
  readonly match: EventMatch;
}

export interface Verdicts {
  /**
   * Decides the events in their order, all of a request by one version of the catalog. Fewer come back when a bound is reached or
   * the catalog has changed: the request ends there. The first call decides at least one.
   */
  readonly judge: (events: readonly ListedEvent[]) => Promise<readonly JudgedEvent[]>;
  /** Finds the names similar to those that are missing, up to ten each; fewer lists come back when the bound is reached. */
  readonly findSimilar: (judged: readonly JudgedEvent[]) => Promise<readonly (readonly string[])[]>;
  /** The catalog that decides; undefined before the first events. */
  readonly catalog: () => Catalog | undefined;
}

const lookUpsAtOnce = 16;

/** Opens the verdicts of one request. Its functions throw DependencyError. */
export const openVerdicts = (deps: MatcherDeps, scope: Scope, bounds = verdictBounds): Verdicts => {
  const asked = new Set<string>();
  const accounts = new Map<string, Account>();
  const similar = new Map<string, readonly string[]>();
  let matcher: Matcher | undefined;

  /** Returns how many of the events the accounts suffice for, and notes those that are new. */
  const admit = (events: readonly ListedEvent[]): { readonly count: number; readonly fresh: readonly string[] } => {
    const fresh = new Set<string>();
    const isAdmitted = ({ externalCustomerId: id }: ListedEvent): boolean => {
      if (asked.has(id) || fresh.has(id)) return true;
      return asked.size + fresh.size < bounds.accounts && fresh.add(id).has(id);
    };
    const beyond = events.findIndex((event) => !isAdmitted(event));
    return { count: beyond === -1 ? events.length : beyond, fresh: [...fresh] };
  };

  const readAccounts: MatcherDeps['readAccounts'] = async (ofScope, ids) => {
    const found = ids.length === 0 ? [] : await deps.readAccounts(ofScope, ids);
    for (const id of ids) asked.add(id);
    for (const [id, account] of found) accounts.set(id, account);
    return accounts;
  };

  return {
    judge: async (events) => {
      const { count, fresh } = admit(events);
      if (count === 0) return [];
      const opened = await openMatcher({ ...deps, readAccounts }, scope, fresh);
      if (matcher && matcher.catalog.version !== opened.catalog.version) return [];
      matcher = opened;
      return events.slice(0, count).map((event) => {
        const account = accounts.get(event.externalCustomerId);
        const question = { event, catalog: opened.catalog, account };
        return { event, question, match: opened.matchEvent(event) };
      });
    },

    findSimilar: async (judged) => {
      const missing = judged.map(({ event, match, question }) => missingName(event, match.verdict, question.catalog));
      const keys = missing.map((one) => (one ? `${one.kind} ${one.name}` : ''));
      const unknown = new Map(missing.map((one, position) => [keys[position] ?? '', one]));
      const room = Math.max(0, bounds.similarNames - similar.size);
      const wanted = [...unknown]
        .filter(([key]) => !similar.has(key))
        .flatMap(([key, one]) => (one ? [{ key, ...one }] : []));
      await mapConcurrently(wanted.slice(0, room), lookUpsAtOnce, async ({ key, kind, name }) => {
        similar.set(key, await deps.findSimilarNames(scope, kind, name));
      });
      const beyond = keys.findIndex((key) => key !== '' && !similar.has(key));
      return keys.slice(0, beyond === -1 ? keys.length : beyond).map((key) => similar.get(key) ?? []);
    },

    catalog: () => matcher?.catalog,
  };
};

/** Returns the warnings of a stored event that the catalog of now has, in the order in which the lookup shows them. */
export const warningsOf = (
  event: Event,
  match: EventMatch,
  { similarNames, stored }: { readonly similarNames: readonly Warning[]; readonly stored: readonly Warning[] },
): readonly (Warning | QuantityNote)[] => [
  ...match.warnings,
  ...similarNames,
  ...stored.filter(isOfArrival),
  ...quantityNotes(event, match),
];

/** Returns the warning of a name that is missing where similar ones are stored. */
export const similarWarnings = (match: EventMatch, names: readonly string[]): readonly Warning[] =>
  names.length === 0
    ? []
    : [similarNameWarning(match.verdict === 'customer_lookup' ? 'CUSTOMER' : 'EVENT_NAME', names)];
