// Counts what happened in a run: a simulation without crashes, or in which no promise was tested, proves nothing.

export interface Counts {
  /** Workers stopped, requests failed, responses lost, requests that had their effect after that. */
  crashes: number;
  errors: number;
  losses: number;
  landings: number;
  invocations: number;
  lists: number;
  pages: number;
  lookups: number;
  /** Lists and lookups whose reader gave up. */
  abandoned: number;
  /** Answers to readers that follow, events that they saw, and saw again after a redelivery. */
  follows: number;
  sightings: number;
  resightings: number;
  /** Queries of usage that were answered, and requests of theirs that ran out of their bounds. */
  usages: number;
  spentFolds: number;
  /** Pages that were kept, parts of theirs after the first, and pages that were read with parts of different folds. */
  dayPages: number;
  furtherParts: number;
  tornPages: number;
  /** Parts that were read as they had been before. */
  staleParts: number;
  /** Closed hours that a page answered for, and those that were outdated in it. */
  hoursFromPages: number;
  hoursOutdated: number;
  /** Decisions that an answered change of the catalog had to be in. */
  promises: number;
  /** Requests of catalog clients: to create something, refused for a name that was taken, and the rest. */
  creations: number;
  takenNames: number;
  renames: number;
  deletions: number;
  /** Next versions of prices; features of entitlements that were deleted, and those that could not be. */
  revisions: number;
  withdrawals: number;
  standingGrounds: number;
  /** Bulk creates that were interrupted and said what was created. */
  interruptions: number;
  /** Readers of the catalog that were answered, and names that certainly had to be there then. */
  probes: number;
  takenSurely: number;
}

export const noCounts = (): Counts => ({
  crashes: 0,
  errors: 0,
  losses: 0,
  landings: 0,
  invocations: 0,
  lists: 0,
  pages: 0,
  lookups: 0,
  abandoned: 0,
  follows: 0,
  sightings: 0,
  resightings: 0,
  usages: 0,
  spentFolds: 0,
  dayPages: 0,
  furtherParts: 0,
  tornPages: 0,
  staleParts: 0,
  hoursFromPages: 0,
  hoursOutdated: 0,
  promises: 0,
  creations: 0,
  takenNames: 0,
  renames: 0,
  deletions: 0,
  revisions: 0,
  withdrawals: 0,
  standingGrounds: 0,
  interruptions: 0,
  probes: 0,
  takenSurely: 0,
});

export const addCounts = (a: Readonly<Counts>, b: Readonly<Counts>): Counts => ({
  crashes: a.crashes + b.crashes,
  errors: a.errors + b.errors,
  losses: a.losses + b.losses,
  landings: a.landings + b.landings,
  invocations: a.invocations + b.invocations,
  lists: a.lists + b.lists,
  pages: a.pages + b.pages,
  lookups: a.lookups + b.lookups,
  abandoned: a.abandoned + b.abandoned,
  follows: a.follows + b.follows,
  sightings: a.sightings + b.sightings,
  resightings: a.resightings + b.resightings,
  usages: a.usages + b.usages,
  spentFolds: a.spentFolds + b.spentFolds,
  dayPages: a.dayPages + b.dayPages,
  furtherParts: a.furtherParts + b.furtherParts,
  tornPages: a.tornPages + b.tornPages,
  staleParts: a.staleParts + b.staleParts,
  hoursFromPages: a.hoursFromPages + b.hoursFromPages,
  hoursOutdated: a.hoursOutdated + b.hoursOutdated,
  promises: a.promises + b.promises,
  creations: a.creations + b.creations,
  takenNames: a.takenNames + b.takenNames,
  renames: a.renames + b.renames,
  deletions: a.deletions + b.deletions,
  revisions: a.revisions + b.revisions,
  withdrawals: a.withdrawals + b.withdrawals,
  standingGrounds: a.standingGrounds + b.standingGrounds,
  interruptions: a.interruptions + b.interruptions,
  probes: a.probes + b.probes,
  takenSurely: a.takenSurely + b.takenSurely,
});
