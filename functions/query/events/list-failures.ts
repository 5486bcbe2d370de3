// Lists why events of a range are not billed, by cause: reads events newest first, decides each by the catalog of now, and groups
// those that fail. Each answer is bounded; its cursor is the last event examined.
import type { EventFailuresBody } from '../../../shared/api/bodies/event-failures.ts';
import { toFailureBody } from '../../../shared/api/events/failure-bodies.ts';
import type { EventFailuresRequest } from '../../../shared/api/events/event-failures.ts';
import { mapConcurrently } from '../../../shared/domain/concurrency.ts';
import { type EventPosition, formatCursor } from '../../../shared/domain/events/event-order.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import {
  type FailureCause,
  failurePointOf,
  failuresOf,
  isOfCustomer,
} from '../../../shared/domain/matching/failure-cause.ts';
import type { MatcherDeps } from '../../../shared/domain/matching/matcher.ts';
import type { Unbilled } from '../../../shared/domain/matching/unbilled-cause.ts';
import {
  addUnbilled,
  createGroups,
  keyOfGroup,
  sortedGroups,
} from '../../../shared/domain/matching/unbilled-groups.ts';
import type { Account } from '../../../shared/domain/subscriptions/subscription.ts';
import { refuseUnkept } from '../fold/event-hours.ts';
import { type FoldBudget, type ListBounds, listBounds } from '../fold/read-budget.ts';
import { rangeFrom, readPage, type ReadPageDeps } from './read-page.ts';

export interface ListFailuresDeps extends ReadPageDeps, MatcherDeps {
  /** Starts the clock of a request. */
  readonly startBudget: () => FoldBudget;
}

export interface FailureBounds extends ListBounds {
  /** Most accounts that are read. */
  readonly accounts: number;
  /** How many of them at once. */
  readonly accountsAtOnce: number;
}
/** @internal */
export const failureBounds: FailureBounds = { ...listBounds, accounts: 1_000, accountsAtOnce: 100 };

const lookupsAtOnce = 8;

/** Reads accounts as events need them, some ahead. `isOver`: the bound is reached, or the catalog changed since the first event. */
const createAccountReader = (
  { readAccounts, readCatalog }: MatcherDeps,
  scope: Scope,
  events: readonly Event[],
  { accounts: most, accountsAtOnce }: FailureBounds,
) => {
  const known = new Map<string, Account | undefined>();
  const readAhead = async (from: number): Promise<void> => {
    const wanted = new Set<string>();
    for (
      let index = from;
      index < events.length && wanted.size < Math.min(accountsAtOnce, most - known.size);
      index += 1
    ) {
      const id = events[index]?.externalCustomerId;
      if (id !== undefined && !known.has(id)) wanted.add(id);
    }
    const found = await readAccounts(scope, [...wanted]);
    for (const id of wanted) known.set(id, found.get(id));
  };
  return {
    known,
    /** Reads the accounts of events from an index on, then the catalog: no line item names a price that it does not know yet. */
    read: async (from: number) => {
      await readAhead(from);
      return (await readCatalog(scope)).catalog;
    },
    isFull: () => known.size >= most,
  };
};

/** Creates the use case. It throws ApiError for a range that is not kept, and DependencyError. */
export const createListFailures =
  (deps: ListFailuresDeps, bounds = failureBounds) =>
  async (scope: Scope, request: EventFailuresRequest): Promise<EventFailuresBody> => {
    const { range, externalCustomerId, eventName, failurePoints, pageSize, from } = request;
    const budget = deps.startBudget();
    const page = {
      scope,
      customer: externalCustomerId === '' ? null : externalCustomerId,
      eventName,
      range,
      order: 'desc',
      matches: () => true,
      from,
      // As many as the bounds allow to read.
      wanted: Infinity,
      isCounting: false,
    } as const;
    refuseUnkept(deps, page.customer, rangeFrom(page).start);
    const { events, stoppedAt } = await readPage(deps, page, bounds);
    const accounts = createAccountReader(deps, scope, events, bounds);
    const groups = createGroups<FailureCause>();
    const isAsked = ({ cause }: Unbilled<FailureCause>): boolean => {
      const point = failurePointOf(cause);
      return failurePoints === undefined || (point !== undefined && failurePoints.includes(point));
    };

    const catalog = await accounts.read(0);
    let examined = 0;
    let stop: EventPosition | undefined;
    for (const [index, event] of events.entries()) {
      const { externalCustomerId: customer, name } = event;
      const isFirst = index === 0;
      if (!isFirst && budget.isSpent()) break;
      if (!accounts.known.has(customer)) {
        // What is decided by another catalog is for the next answer.
        if (accounts.isFull() || (await accounts.read(index)).version !== catalog.version) break;
      }
      const failures = failuresOf({ event, catalog, account: accounts.known.get(customer) })
        .filter(isAsked)
        .map((failure) => ({ failure, customer: isOfCustomer(failure.cause) ? customer : '' }));
      const keys = failures.map(({ failure, customer: one }) =>
        keyOfGroup({ ...failure, eventName: name, externalCustomerId: one }),
      );
      const fresh = new Set(keys.filter((key) => !groups.byKey.has(key)));
      if (groups.byKey.size > 0 && groups.byKey.size + fresh.size > pageSize && fresh.size > 0) break;
      for (const { failure, customer: one } of failures) addUnbilled(groups, event, failure, one);
      examined += 1;
      stop = event;
    }

    const isAll = examined === events.length;
    const cursor = isAll ? stoppedAt : stop;
    const now = deps.now();
    const failures = await mapConcurrently(sortedGroups(groups), lookupsAtOnce, async (group) => {
      const { cause, externalCustomerId: customer } = group;
      const similar = cause === 'no_customer' ? await deps.findSimilarNames(scope, 'CUSTOMER', customer) : [];
      return toFailureBody(group, { catalog, account: accounts.known.get(customer), now }, similar);
    });
    return {
      failures,
      examined,
      complete: cursor === undefined,
      ...(cursor && { cursor: formatCursor({ timestamp: cursor.timestamp, id: cursor.id }) }),
      catalog_version: catalog.version,
    };
  };
