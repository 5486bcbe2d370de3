// Broken variants of the protocol, each of which the simulator must catch: what they break, and the schedules that aim at
// those that chance would rarely meet.
import * as arrivals from './broken-arrivals.ts';
import * as catalog from './broken-catalog.ts';
import * as folds from './broken-folds.ts';
import * as grants from './broken-grants.ts';
import * as markers from './broken-markers.ts';
import * as names from './broken-names.ts';
import * as pages from './broken-pages.ts';
import * as readers from './broken-readers.ts';
import * as schedules from './schedules.ts';
import * as usageSchedules from './usage-schedules.ts';
import * as writers from './broken-writers.ts';
import { product, type System } from './system.ts';
import { type CatalogSchedule, rush, rushOfSubscriptions } from './catalog-world.ts';
import type { WorldOptions } from './world.ts';

export interface Variant {
  readonly name: string;
  readonly system: System;
  readonly schedule?: WorldOptions['schedule'];
  /** Seeds of the aimed schedule within which it is caught, and in all of which the product is right; 20 if left out. */
  readonly seeds?: number;
  /** It must show in an answer about usage, not only in what is stored. */
  readonly isWrongInUsage?: true;
  /** Parts of the simulator to run; events and their readers if left out. */
  readonly parts?: readonly Part[];
  readonly clients?: CatalogSchedule;
}

/** The parts of the simulator. `catalog`: clients that create, name and delete what is in the catalog. */
export const parts = ['events', 'catalog'] as const;
export type Part = (typeof parts)[number];

const processor = (createBatchProcessor: System['createBatchProcessor']): System => ({
  ...product,
  createBatchProcessor,
});
const usage = (createUsage: System['createUsage']): System => ({ ...product, createUsage });
const list = (createListEvents: System['createListEvents']): System => ({ ...product, createListEvents });

export const variants: readonly Variant[] = [
  { name: 'claim owned by the batch alone', system: processor(writers.claimOwnedByBatchAlone) },
  {
    name: 'segment before all claims are resolved',
    system: processor(writers.segmentBeforeAllClaimsAreResolved),
    schedule: schedules.brownout,
  },
  {
    name: 'cut by a decision',
    system: processor(writers.cutByDecision),
    schedule: schedules.changesBetweenDeliveries,
    seeds: 40,
  },
  { name: 'feed skipped when the part was already there', system: processor(writers.feedSkippedWhenPartWasThere) },
  {
    name: 'acknowledged despite a failed feed put',
    system: processor(writers.acknowledgedDespiteFailedFeedPut),
    schedule: schedules.smallBatches,
  },
  {
    name: 'acknowledged though its turn never came',
    system: processor(writers.acknowledgedThoughItsTurnNeverCame),
    schedule: schedules.turnsThatDoNotCome,
  },
  {
    name: 'part found before its put is confirmed',
    system: processor(writers.partFoundBeforeItsPut),
    schedule: schedules.brownout,
    seeds: 40,
  },
  {
    name: 'feed item split inside a part',
    system: { ...list(readers.repeatsDroppedByPartName), createBatchProcessor: writers.feedItemSplitInsidePart },
  },
  { name: 'no dedupe of feed repeats', system: list(readers.noDedupeOfFeedRepeats) },
  {
    name: 'overlap checked against the previous part only',
    system: list(readers.overlapCheckedAgainstPreviousPartOnly),
    schedule: schedules.deploymentsBetweenDeliveries,
  },
  { name: 'list does not wait', system: list(readers.listDoesNotWait) },
  { name: 'ascending list does not look back', system: list(readers.ascendingListDoesNotLookBack) },
  { name: 'list waits for larger minutes only', system: list(readers.listWaitsForLargerMinutesOnly) },
  {
    name: 'list without the margin',
    system: list(readers.listWithoutMargin),
    schedule: schedules.aDayAhead,
    seeds: 60,
  },
  {
    name: 'arrival numbered by the clock',
    system: { ...product, createArrivalStore: arrivals.numberedByClock },
    schedule: schedules.followedCrowd,
  },
  {
    name: 'arrival taken without a condition',
    system: { ...product, createArrivalStore: arrivals.takenWithoutCondition },
    schedule: schedules.followedRush,
  },
  {
    name: 'a lost answer taken for a refusal',
    system: { ...product, createArrivalStore: arrivals.lostAnswerTakenForRefusal },
    schedule: schedules.followedLosses,
  },
  { name: 'arrival before the feed', system: processor(arrivals.arrivalBeforeFeed), schedule: schedules.followedRush },
  {
    name: 'acknowledged despite a failed arrival put',
    system: processor(arrivals.acknowledgedDespiteFailedArrival),
    schedule: schedules.followedBrownout,
  },
  {
    name: 'the day before not read',
    system: { ...product, createArrivalReader: arrivals.dayBeforeNotRead },
    schedule: schedules.followedMidnight,
  },
  {
    name: 'new shards not read',
    system: { ...product, createArrivalReader: arrivals.newShardsNotRead },
    schedule: schedules.followedGrowth,
  },
  {
    name: 'version raised before the items',
    system: { ...product, createCatalogStore: catalog.versionRaisedBeforeItems },
    schedule: schedules.changesUnderLoad,
  },
  {
    name: 'items read before the version',
    system: { ...product, createCatalogReader: catalog.itemsReadBeforeVersion },
    schedule: schedules.changesUnderLoad,
  },
  ...[
    { name: 'customer marker omitted', system: processor(markers.customerMarkerOmitted) },
    { name: 'scope marker omitted', system: processor(markers.scopeMarkerOmitted) },
    {
      name: 'customer marker before its data',
      system: processor(markers.customerMarkerBeforeData),
      schedule: usageSchedules.lateEvent,
    },
    {
      name: 'scope marker before its data',
      system: processor(markers.scopeMarkerBeforeData),
      schedule: usageSchedules.lateEvent,
    },
    {
      name: 'customer marker skipped when the part was already there',
      system: processor(markers.customerMarkerSkippedWhenPartWasThere),
      schedule: usageSchedules.lateEventOfDyingWriters,
    },
    {
      name: 'scope marker skipped when the part was already there',
      system: processor(markers.scopeMarkerSkippedWhenPartWasThere),
      schedule: usageSchedules.lateEventOfDyingWriters,
    },
    {
      name: 'one clock read at the start of the invocation',
      system: processor(markers.oneClockAtTheStart),
      schedule: usageSchedules.longInvocations,
    },
    { name: 'no margin', system: usage(folds.noMargin), schedule: usageSchedules.endOfGrace, seeds: 300 },
    {
      name: 'marker read after the events',
      system: usage(folds.markersReadAfterEvents),
      schedule: usageSchedules.lateEventUnderSlowQueries,
    },
    {
      name: 'shards read before the markers',
      system: usage(folds.shardsReadBeforeMarkers),
      schedule: usageSchedules.lateEventsInNewShards,
    },
    { name: 'a page stores counters of hours it did not fold', system: usage(folds.countersOfHoursNotFolded) },
    { name: 'fold without dedupe of feed repeats', system: usage(folds.foldWithoutDedupeOfFeedRepeats) },
    {
      name: 'fold without dedupe of overlapping parts',
      system: usage(folds.foldWithoutDedupeOfOverlaps),
      schedule: usageSchedules.overlappingParts,
    },
    {
      name: 'page without fold id',
      system: { ...product, createDayPageStore: pages.pageWithoutFoldId },
      schedule: usageSchedules.tornPages,
    },
    {
      name: 'page without number of parts',
      system: { ...product, createDayPageStore: pages.pageWithoutNumberOfParts },
    },
  ].map((variant) => ({ ...variant, isWrongInUsage: true as const })),
  ...[
    { name: 'name taken without fencing', openCatalog: names.nameTakenWithoutFencing },
    { name: 'account not fenced', openCatalog: names.accountNotFenced, clients: rushOfSubscriptions },
    { name: 'name taken after publishing', openCatalog: names.nameTakenAfterPublishing },
    { name: 'published on a later revision', openCatalog: names.publishedOnLaterRevision },
    { name: 'nonce reused', openCatalog: names.nonceReused, clients: rush },
    { name: 'version not raised', openCatalog: names.versionNotRaised },
    { name: "a deleted customer's place taken without condition", openCatalog: names.placeTakenWithoutCondition },
    { name: 'account before pointers', openCatalog: names.accountBeforePointers },
    { name: 'feature before its meter', openCatalog: names.featureBeforeItsMeter },
    { name: 'interrupted one named as created', openCatalog: names.interruptedOneNamedAsCreated },
    { name: 'interrupted entitlement named as created', openCatalog: names.interruptedEntitlementNamedAsCreated },
    { name: 'grant checked by reading alone', openCatalog: grants.grantCheckedByReading },
    { name: 'deleted grant keeps its name', openCatalog: grants.deletedGrantKeepsItsName },
    { name: 'grant of an archived feature', openCatalog: grants.grantOfArchivedFeature },
    { name: 'granted feature deleted', openCatalog: grants.grantedFeatureDeleted },
    { name: 'code checked by reading alone', openCatalog: grants.codeCheckedByReading },
    { name: 'code finds the oldest unit', openCatalog: grants.codeFindsTheOldest },
    { name: 'version ended before the next starts', openCatalog: grants.versionEndedBeforeTheNext },
    { name: 'next version starts before the last ends', openCatalog: grants.nextVersionBeforeTheEnd },
  ].map(({ openCatalog, ...variant }) => ({
    ...variant,
    system: { ...product, openCatalog },
    parts: ['catalog'] as const,
  })),
];
