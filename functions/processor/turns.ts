// Takes turns between scopes: each may use as much of the time as the others, so that the load of one delays no other. Batches that
// came back twice already go last, each by itself, so that what makes them fail affects no other batch.
import { type Scope, scopeKey } from '../../shared/domain/ids.ts';
import type { Delivery } from './delivery.ts';

/** A batch is late from this receive on. */
const lateReceives = 3;

/** A line of a scope's batches that wait: those that come first, or those that go last. */
interface Line {
  readonly isLate: boolean;
  readonly groups: (readonly Delivery[])[];
  spentMs: number;
}

/** One scope's lines. */
interface ScopeLines {
  readonly scope: Scope;
  readonly lines: readonly Line[];
}

/** Groups neighbouring batches: at most so many events each, or a single larger batch. */
const inGroups = (deliveries: readonly Delivery[], eventsAtOnce: number): (readonly Delivery[])[] => {
  const groups: (readonly Delivery[])[] = [];
  let group: Delivery[] = [];
  let events = 0;
  for (const delivery of deliveries) {
    if (group.length > 0 && events + delivery.events.length > eventsAtOnce) {
      groups.push(group);
      group = [];
      events = 0;
    }
    group.push(delivery);
    events += delivery.events.length;
  }
  if (group.length > 0) groups.push(group);
  return groups;
};

const isLate = ({ receives = 1 }: Delivery): boolean => receives >= lateReceives;

/** A batch that came twice is one batch. */
const linesByScope = (deliveries: readonly Delivery[], eventsAtOnce: number): readonly ScopeLines[] => {
  const distinct = new Map(deliveries.map((delivery) => [delivery.id, delivery])).values();
  return [...Map.groupBy(distinct, ({ scope }) => scopeKey(scope)).values()].flatMap((ofScope) => {
    const [first] = ofScope;
    if (first === undefined) return [];
    const fresh = inGroups(
      ofScope.filter((delivery) => !isLate(delivery)),
      eventsAtOnce,
    );
    const late = ofScope.filter(isLate).map((delivery) => [delivery]);
    const lines = [
      { isLate: false, groups: fresh, spentMs: 0 },
      { isLate: true, groups: late, spentMs: 0 },
    ];
    return [{ scope: first.scope, lines }];
  });
};

const isWaiting = ({ groups }: Line): boolean => groups.length > 0;
const spentBy = ({ lines }: ScopeLines): number => lines.reduce((sum, { spentMs }) => sum + spentMs, 0);

/**
 * Serves a group of at most `eventsAtOnce` events a turn (or one larger batch). What is left of the time, together with what
 * the scopes that wait have used of it, is theirs in equal shares; a scope's share is for both of its lines, half of it for each
 * while both wait. `isOver`: the share is spent, or the time is. Returns the batches whose turn did not come. `timeLeft`:
 * milliseconds until nothing new may be begun, finite.
 */
export const takeTurns = async (
  deliveries: readonly Delivery[],
  { eventsAtOnce, timeLeft }: { readonly eventsAtOnce: number; readonly timeLeft: () => number },
  serve: (scope: Scope, group: readonly Delivery[], isOver: () => boolean) => Promise<void>,
): Promise<readonly Delivery[]> => {
  const scopes = linesByScope(deliveries, eventsAtOnce);
  const entries = scopes.flatMap((owner) => owner.lines.map((line) => ({ line, owner })));
  type Entry = (typeof entries)[number];
  const shareOf = ({ line, owner }: Entry): number => {
    const waiting = scopes.filter(({ lines }) => lines.some(isWaiting));
    const ofScope = waiting.reduce((sum, some) => sum + spentBy(some), timeLeft()) / waiting.length;
    return Math.min(ofScope - spentBy(owner), ofScope / owner.lines.filter(isWaiting).length - line.spentMs);
  };
  const serveOne = async ({ line, owner }: Entry): Promise<void> => {
    const [before, share] = [timeLeft(), shareOf({ line, owner })];
    const [group] = line.groups.splice(0, 1);
    if (group) await serve(owner.scope, group, () => timeLeft() <= Math.max(0, before - share));
    line.spentMs += before - timeLeft();
  };
  while (timeLeft() > 0) {
    const able = entries.filter((entry) => isWaiting(entry.line) && shareOf(entry) > 0);
    const fresh = able.filter(({ line }) => !line.isLate);
    const next = fresh.length > 0 ? fresh : able;
    if (next.length === 0) break;
    for (const entry of next) if (timeLeft() > 0) await serveOne(entry);
  }
  return entries.flatMap(({ line }) => line.groups.flat());
};
