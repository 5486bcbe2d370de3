// The decision with what it needs to read: the customers' cards, then the catalog. The processor, the preview and the
// lookup all decide through this.
import type { Catalog } from '../catalog/catalog.ts';
import type { AcceptedEvent, Event } from '../events/event.ts';
import type { Scope } from '../ids.ts';
import type { Card } from '../subscriptions/subscription.ts';
import { arrivalWarnings, attribute, attributeInSteps, type Attribution, type Decision, toDecision } from './decision.ts';
import { nearMissWarning, type NearNameKind, type Warning } from './warnings.ts';

export interface CatalogView {
  readonly catalog: Catalog;
  /** How many partitions an hour of this scope's feed is spread over; read with the catalog version. */
  readonly feedShards: number;
}

export interface DeciderDeps {
  /** Strongly consistent, by external id; customers without a live card are left out. */
  readonly readCards: (scope: Scope, externalIds: readonly string[]) => Promise<ReadonlyMap<string, Card>>;
  readonly readCatalog: (scope: Scope) => Promise<CatalogView>;
  /** Stored names that differ from `name` only in case or in blanks around them. */
  readonly findNearNames: (scope: Scope, kind: NearNameKind, name: string) => Promise<readonly string[]>;
}

/** Asked between events, and within one that many meters measure. Throws when there is to be no more; may ask to wait. */
export type Pause = () => Promise<unknown> | undefined;

export interface Decider extends CatalogView {
  readonly attribute: (event: Event) => Attribution;
  /** Names close to the one that was not found; none when something was. */
  readonly nearMisses: (event: Event, attribution: Pick<Attribution, 'verdict'>) => Promise<readonly Warning[]>;
  /** Reads the near names that events of a customer and a name need, so that none of them waits while it is decided. */
  readonly prepare: (externalCustomerId: string, eventName: string) => Promise<void>;
  /** What is recorded with the event; `receivedAt` in UTC milliseconds. */
  readonly decide: (accepted: AcceptedEvent, receivedAt: number) => Promise<Decision>;
}

/**
 * Reads the cards before the catalog, so that a line item never names a price the catalog does not know yet. `pause` is asked
 * by `decide` alone. Throws DependencyError.
 */
export const openDecider = async (
  deps: DeciderDeps,
  scope: Scope,
  externalIds: readonly string[],
  pause: Pause = () => undefined,
): Promise<Decider> => {
  const cards = await deps.readCards(scope, externalIds);
  const { catalog, feedShards } = await deps.readCatalog(scope);
  const found = new Map<string, Promise<readonly string[]>>();

  const findNear = async (kind: NearNameKind, name: string): Promise<readonly Warning[]> => {
    const key = `${kind} ${name}`;
    const names = found.get(key) ?? deps.findNearNames(scope, kind, name);
    found.set(key, names);
    return (await names).length === 0 ? [] : [nearMissWarning(kind, await names)];
  };

  const questionOf = (event: Event) => ({ event, catalog, card: cards.get(event.externalCustomerId) });
  const isKnown = (externalId: string): boolean => cards.get(externalId)?.customer.status === 'published';

  const nearNames = async (
    verdict: Attribution['verdict'],
    { name, externalCustomerId }: Pick<Event, 'name' | 'externalCustomerId'>,
  ): Promise<readonly Warning[]> => {
    if (verdict === 'customer_lookup') return findNear('CUSTOMER', externalCustomerId);
    const isUnknownName = verdict === 'meter_lookup' && !catalog.metersByEventName.has(name);
    return isUnknownName ? findNear('EVENT_NAME', name) : [];
  };

  const attributeWithPauses = async (event: Event): Promise<Attribution> => {
    const steps = attributeInSteps(questionOf(event));
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
    attribute: (event) => attribute(questionOf(event)),
    nearMisses: (event, { verdict }) => nearNames(verdict, event),
    prepare: async (externalCustomerId, name) => {
      const verdict = isKnown(externalCustomerId) ? 'meter_lookup' : 'customer_lookup';
      await nearNames(verdict, { externalCustomerId, name });
    },
    decide: async (accepted, receivedAt) => {
      const { event } = accepted;
      const attribution = await attributeWithPauses(event);
      const near = await nearNames(attribution.verdict, event);
      return toDecision(attribution, [...arrivalWarnings(accepted, receivedAt), ...near]);
    },
  };
};
