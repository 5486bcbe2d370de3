// The world of a run, and the truth about it: who won each event id, what was acknowledged when, what went wrong.
import type { Decision } from '../../../shared/domain/matching/decision.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { decodeOwner } from '../../../shared/store/events/claim-owner.ts';
import { claimKey } from '../../../shared/store/table/keys.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { createMemoryTable, type Partitions } from '../../support/drivers/memory-table.ts';
import { type Counts, noCounts } from './counts.ts';
import { createDice, type Dice } from './dice.ts';
import type { Dials } from './dials.ts';
import { createJournal, type Journal } from './journal.ts';
import { drawDials } from './modes.ts';
import { createPageVersions, type PageVersions } from './page-versions.ts';
import type { Sent, Surroundings } from './sent.ts';
import type { System } from './system.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

/** The entry that owns an event id. */
export interface Winner {
  readonly sent: Sent;
  readonly index: number;
  readonly event: Event;
}

/** The promise of an answered catalog change: events accepted after it are decided with it. */
export interface Promised {
  readonly scope: Scope;
  readonly answeredAt: number;
  readonly what: string;
  readonly concerns: (event: Event) => boolean;
  readonly isKept: (decision: Decision) => boolean;
}

/** A reader that follows the feed. */
export interface Follower {
  readonly name: string;
  readonly scope: Scope;
  /** Event id to how often it was seen. */
  readonly seen: Map<string, number>;
  cursor?: string;
  /** Virtual time of the first answer. */
  begunAt?: number;
}

export interface World extends Surroundings {
  readonly system: System;
  readonly mode: string;
  readonly dials: Dials;
  readonly dice: Dice;
  readonly time: VirtualTime;
  readonly partitions: Partitions;
  /** A connection without faults, that takes no time. */
  readonly table: Table;
  readonly journal: Journal;
  readonly pageVersions: PageVersions;
  readonly customers: readonly string[];
  readonly names: readonly string[];
  readonly batches: Sent[];
  readonly promised: Promised[];
  readonly followers: Follower[];
  readonly counts: Counts;
  /** Ids that were sent in a scope. */
  readonly idsOf: (scope: Scope) => ReadonlySet<string>;
  /** undefined until the id is claimed. */
  readonly winnerOf: (scope: Scope, id: string) => Winner | undefined;
  readonly note: (line: () => string) => void;
  readonly fail: (what: string) => void;
  readonly failure: () => string | undefined;
}

// Names that keys must escape.
const customers = ['c0', 'c#1', '*'];
const names = ['n0', 'n#1'];
const scopes: readonly Scope[] = [
  { tenantId: 't0', environmentId: 'live' },
  { tenantId: 't0', environmentId: 'test' },
];

const readWinner = (world: Pick<World, 'partitions' | 'batches'>, scope: Scope, id: string): Winner | undefined => {
  const { pk, sk } = claimKey(scope, id);
  const owner = world.partitions.get(pk)?.get(sk)?.['o'];
  if (!(owner instanceof Uint8Array)) return undefined;
  const { batchId, index } = decodeOwner(owner);
  const sent = world.batches.find(({ batch }) => batch.id === batchId);
  const event = sent?.batch.events[index]?.event;
  if (sent === undefined || event?.id !== id) throw new Error(`the claim of ${id} names no entry of it`);
  return { sent, index, event };
};

export interface WorldOptions {
  readonly seed: number;
  readonly system: System;
  /** Options that are not drawn from the seed. */
  readonly schedule?: ((dice: Dice) => Partial<Dials>) | undefined;
  readonly trace?: string[];
}

export const createWorld = ({ seed, system, schedule, trace }: WorldOptions): World => {
  const dice = createDice(seed);
  const drawn = drawDials(dice);
  // From dice of its own: with and without followers, a seed is the same run.
  const followCount = createDice(seed).pick([0, 0, 2]);
  const dials = { ...drawn.dials, followCount, ...schedule?.(dice) };
  const time = createVirtualTime(dials.createdAt);
  const partitions: Partitions = new Map();
  const batches: Sent[] = [];
  let failure: string | undefined;
  const note = (line: () => string): void => {
    trace?.push(`+${((time.now() - dials.createdAt) / 1_000).toFixed(2).padStart(10)} s  ${line()}`);
  };
  return {
    system,
    mode: schedule ? 'aimed' : drawn.mode,
    dials,
    dice,
    time,
    partitions,
    batches,
    note,
    table: createMemoryTable({ partitions }),
    journal: createJournal(),
    pageVersions: createPageVersions({ dice, partitions, stale: dials.folding.stale }),
    scopes: scopes.slice(0, dials.scopeCount),
    customers: customers.slice(0, dials.customerCount),
    names: names.slice(0, dials.nameCount),
    promised: [],
    followers: [],
    counts: noCounts(),
    idsOf: (scope) =>
      new Set(
        batches
          .filter(({ batch }) => batch.scope === scope)
          .flatMap(({ batch }) => batch.events.map(({ event }) => event.id)),
      ),
    winnerOf: (scope, id) => readWinner({ partitions, batches }, scope, id),
    fail: (what) => {
      note(() => `WRONG: ${what}`);
      failure ??= what;
    },
    failure: () => failure,
  };
};
