// The decision with what it needs to read: the customers' cards, then the catalog. The processor, the preview and the
// lookup all decide through this.
import type { Catalog } from './catalog.ts';
import {
  arrivalWarnings,
  attribute,
  type Attribution,
  type Decision,
  nearMissWarning,
  type NearNameKind,
  toDecision,
  type Warning,
} from './decision.ts';
import type { AcceptedEvent, Event } from './event.ts';
import type { Scope } from './ids.ts';
import type { Card } from './subscription.ts';

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

export interface Decider extends CatalogView {
  readonly attribute: (event: Event) => Attribution;
  /** Names close to the one that was not found; none when something was. */
  readonly nearMisses: (event: Event, attribution: Attribution) => Promise<readonly Warning[]>;
  /** What is recorded with the event; `receivedAt` in UTC milliseconds. */
  readonly decide: (accepted: AcceptedEvent, receivedAt: number) => Promise<Decision>;
}

/**
 * Reads the cards before the catalog, so that a line item never names a price the catalog does not know yet. Throws
 * DependencyError.
 */
export const openDecider = async (
  deps: DeciderDeps,
  scope: Scope,
  externalIds: readonly string[],
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

  const attributeEvent = (event: Event): Attribution =>
    attribute({ event, catalog, card: cards.get(event.externalCustomerId) });

  const nearMisses = async (event: Event, { verdict }: Attribution): Promise<readonly Warning[]> => {
    if (verdict === 'customer_lookup') return findNear('CUSTOMER', event.externalCustomerId);
    const isUnknownName = verdict === 'meter_lookup' && !catalog.metersByEventName.has(event.name);
    return isUnknownName ? findNear('EVENT_NAME', event.name) : [];
  };

  return {
    catalog,
    feedShards,
    attribute: attributeEvent,
    nearMisses,
    decide: async (accepted, receivedAt) => {
      const { event } = accepted;
      const attribution = attributeEvent(event);
      const near = await nearMisses(event, attribution);
      return toDecision(attribution, [...arrivalWarnings(accepted, receivedAt), ...near]);
    },
  };
};
