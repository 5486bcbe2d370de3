// Opens a matcher: it reads what decisions need, the customers' accounts and then the catalog. The processor, the preview and the
// lookup all decide through it.
import type { Catalog } from '../catalog/catalog.ts';
import type { AcceptedEvent, Event } from '../events/event.ts';
import type { Scope } from '../ids.ts';
import type { Account } from '../subscriptions/subscription.ts';
import {
  arrivalWarnings,
  type Decision,
  type EventMatch,
  matchEvent,
  matchInSteps,
  toDecision,
  type Verdict,
} from './decision.ts';
import { similarNameWarning, type SimilarNameKind, type Warning } from './warnings.ts';

export interface CatalogView {
  readonly catalog: Catalog;
  /** How many partitions an hour of this scope's feed is spread over; read with the catalog version. */
  readonly feedShards: number;
}

export interface MatcherDeps {
  /** Strongly consistent, by external id; customers without a live account are left out. */
  readonly readAccounts: (scope: Scope, externalIds: readonly string[]) => Promise<ReadonlyMap<string, Account>>;
  readonly readCatalog: (scope: Scope) => Promise<CatalogView>;
  /** Stored names that differ from `name` only in case or in blanks around them. */
  readonly findSimilarNames: (scope: Scope, kind: SimilarNameKind, name: string) => Promise<readonly string[]>;
}

/** Returns the name of an event that a similar one may have been meant by; undefined if its names are known. */
export const missingName = (
  { name, externalCustomerId }: Pick<Event, 'name' | 'externalCustomerId'>,
  verdict: Verdict,
  { metersByEventName }: Catalog,
): { readonly kind: SimilarNameKind; readonly name: string } | undefined => {
  if (verdict === 'customer_lookup') return { kind: 'CUSTOMER', name: externalCustomerId };
  return verdict === 'meter_lookup' && !metersByEventName.has(name) ? { kind: 'EVENT_NAME', name } : undefined;
};

/** Called between events, and within one that many meters measure. Throws to stop; a promise asks to wait. */
export type Pause = () => Promise<unknown> | undefined;

export interface Matcher extends CatalogView {
  readonly matchEvent: (event: Event) => EventMatch;
  /** Warns of names similar to the one that was not found; no warnings when it was found. */
  readonly similarNameWarnings: (event: Event, match: Pick<EventMatch, 'verdict'>) => Promise<readonly Warning[]>;
  /** Reads the similar names that events of a customer and a name need, so that none of them waits while it is decided. */
  readonly prepare: (externalCustomerId: string, eventName: string) => Promise<void>;
  /** Returns the decision that is recorded with the event; `receivedAt` in UTC milliseconds. */
  readonly decide: (accepted: AcceptedEvent, receivedAt: number) => Promise<Decision>;
}

/**
 * Reads the accounts before the catalog, so that a line item never names a price the catalog does not know yet. Only
 * `decide` calls `pause`. Throws DependencyError.
 */
export const openMatcher = async (
  deps: MatcherDeps,
  scope: Scope,
  externalIds: readonly string[],
  pause: Pause = () => undefined,
): Promise<Matcher> => {
  const accounts = await deps.readAccounts(scope, externalIds);
  const { catalog, feedShards } = await deps.readCatalog(scope);
  const found = new Map<string, Promise<readonly string[]>>();

  const findSimilar = async (kind: SimilarNameKind, name: string): Promise<readonly Warning[]> => {
    const key = `${kind} ${name}`;
    const names = found.get(key) ?? deps.findSimilarNames(scope, kind, name);
    found.set(key, names);
    return (await names).length === 0 ? [] : [similarNameWarning(kind, await names)];
  };

  const questionOf = (event: Event) => ({ event, catalog, account: accounts.get(event.externalCustomerId) });
  const isKnown = (externalId: string): boolean => accounts.get(externalId)?.customer.status === 'published';

  const similarNames = async (
    verdict: Verdict,
    names: Pick<Event, 'name' | 'externalCustomerId'>,
  ): Promise<readonly Warning[]> => {
    const missing = missingName(names, verdict, catalog);
    return missing ? findSimilar(missing.kind, missing.name) : [];
  };

  const matchWithPauses = async (event: Event): Promise<EventMatch> => {
    const steps = matchInSteps(questionOf(event));
    for (;;) {
      const resting = pause();
      if (resting) await resting;
      const step = steps.next();
      if (step.done) return step.value;
    }
  };

  return {
    catalog,
    feedShards,
    matchEvent: (event) => matchEvent(questionOf(event)),
    similarNameWarnings: (event, { verdict }) => similarNames(verdict, event),
    prepare: async (externalCustomerId, name) => {
      const verdict = isKnown(externalCustomerId) ? 'meter_lookup' : 'customer_lookup';
      await similarNames(verdict, { externalCustomerId, name });
    },
    decide: async (accepted, receivedAt) => {
      const { event } = accepted;
      const match = await matchWithPauses(event);
      const similar = await similarNames(match.verdict, event);
      return toDecision(match, [...arrivalWarnings(accepted, receivedAt), ...similar]);
    },
  };
};
