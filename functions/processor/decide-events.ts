// What the processor finds when events come: the customers' cards, then the catalog, then one decision per event.
import type { Catalog } from '../../shared/domain/catalog.ts';
import {
  attribute,
  nearMissWarning,
  timeWarnings,
  toDecision,
  type Decision,
  type NearNameKind,
  type Warning,
} from '../../shared/domain/decision.ts';
import type { Event } from '../../shared/domain/event.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import type { Card } from '../../shared/domain/subscription.ts';

export interface CatalogView {
  readonly catalog: Catalog;
  /** How many partitions an hour of this scope's feed is spread over; read with the catalog version. */
  readonly feedShards: number;
}

export interface DecisionDeps {
  /** Strongly consistent; customers without a live card are left out. */
  readonly readCards: (scope: Scope, externalIds: readonly string[]) => Promise<ReadonlyMap<string, Card>>;
  readonly readCatalog: (scope: Scope) => Promise<CatalogView>;
  /** Stored names that differ from `name` only in case or blanks around them. */
  readonly findNearNames: (scope: Scope, kind: NearNameKind, name: string) => Promise<readonly string[]>;
}

export interface Decider extends CatalogView {
  readonly decide: (event: Event, receivedAt: number) => Promise<Decision>;
}

/** Reads the cards before the catalog version: a line item on a card never names a price the catalog does not know yet. */
export const openDecider = async (
  deps: DecisionDeps,
  scope: Scope,
  externalIds: readonly string[],
): Promise<Decider> => {
  const cards = await deps.readCards(scope, externalIds);
  const { catalog, feedShards } = await deps.readCatalog(scope);
  const nearNames = new Map<string, Promise<readonly string[]>>();

  const nearMisses = async (kind: NearNameKind, name: string): Promise<readonly Warning[]> => {
    const key = `${kind} ${name}`;
    const found = nearNames.get(key) ?? deps.findNearNames(scope, kind, name);
    nearNames.set(key, found);
    const names = await found;
    return names.length === 0 ? [] : [nearMissWarning(kind, names)];
  };

  return {
    catalog,
    feedShards,
    decide: async (event, receivedAt) => {
      const attribution = attribute({ event, catalog, card: cards.get(event.externalCustomerId) });
      const warnings: Warning[] = timeWarnings(event.timestamp, receivedAt);
      if (attribution.verdict === 'customer_lookup') {
        warnings.push(...(await nearMisses('CUSTOMER', event.externalCustomerId)));
      } else if (attribution.verdict === 'meter_lookup' && !catalog.metersByEventName.has(event.name)) {
        warnings.push(...(await nearMisses('EVENT_NAME', event.name)));
      }
      return toDecision(attribution, warnings);
    },
  };
};
