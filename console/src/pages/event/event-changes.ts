// What was decided when an event came, and what holds now, row by row.
import { verdictKind, verdictLooks } from '../../ui/verdict.ts';
import type { Lookup } from './event-sentence.ts';

export interface Change {
  readonly name: string;
  readonly then: readonly string[];
  readonly now: readonly string[];
  readonly hasChanged: boolean;
  /** What the ids are of; `text` are words. */
  readonly kind: 'text' | 'customer' | 'meter' | 'price' | 'line_item';
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts.filter((text) => text !== ''))];
const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text) => b.includes(text));

const row = (
  name: string,
  kind: Change['kind'],
  then: readonly string[],
  now: readonly string[],
  hasChanged = !isSame(then, now),
): Change => ({ name, kind, then, now, hasChanged });

/** Returns the rows; none while the event waits. */
export const eventChanges = (lookup: Lookup): readonly Change[] => {
  const {
    decision,
    status,
    debug_tracker: tracker,
    processed_events: billed = [],
    changed_since: changed = [],
  } = lookup;
  if (!decision) return [];
  const failure = tracker?.failure_point?.failure_point_type;
  const isListed = (field: string): boolean => changed.some((one) => one.field === field);
  const word = (verdict: Parameters<typeof verdictKind>[0]): readonly string[] => [
    verdictLooks[verdictKind(verdict)].text,
  ];
  const customer = tracker?.customer_lookup.customer?.id ?? billed[0]?.customer_id ?? '';
  const meters =
    tracker?.meter_matching.matched_meters?.map(({ meter_id: id }) => id) ?? billed.map(({ meter_id: id }) => id);
  const prices =
    tracker?.price_lookup.matched_prices?.map(({ price_id: id }) => id) ?? billed.map(({ price_id: id }) => id);
  return [
    row(
      'Verdict',
      'text',
      word({ status: decision.status, failure_point_type: decision.failure_point_type }),
      word({ status, failure_point_type: failure }),
    ),
    row('Customer', 'customer', unique([decision.customer_id]), unique([customer])),
    row('Meter', 'meter', unique(decision.meter_ids), unique(meters), isListed('meter_ids')),
    row('Price', 'price', unique(decision.price_ids), unique(prices), isListed('price_ids')),
    row(
      'Line item',
      'line_item',
      unique(decision.sub_line_item_ids),
      unique(billed.map(({ sub_line_item_id: id }) => id)),
      isListed('sub_line_item_ids'),
    ),
  ];
};
