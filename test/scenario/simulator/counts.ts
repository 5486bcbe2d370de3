// What happened in a run, counted: a simulation without crashes, or in which no promise was tested, proves nothing.

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
  /** Decisions that an answered change of the catalog had to be in. */
  promises: number;
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
  promises: 0,
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
  promises: a.promises + b.promises,
});
