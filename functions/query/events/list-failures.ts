// Lists why events of a range are not billed, by cause: reads events newest first, decides each by the catalog of now, and groups
// those that fail. Each answer is bounded; its cursor is the last event examined.
import type { EventFailuresBody } from '../../../shared/api/bodies/event-failures.ts';
import { toFailureBody } from '../../../shared/api/events/failure-bodies.ts';
import type { EventFailuresRequest } from '../../../shared/api/events/event-failures.ts';
import type { FailureGroup } from '../../../shared/api/events/failure-fixes.ts';
import { mapConcurrently } from '../../../shared/domain/concurrency.ts';
import { type EventPosition, formatCursor } from '../../../shared/domain/events/event-order.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import {
  type FailureCause,
  failurePointOf,
  failuresOf,
  isOfCustomer,
} from '../../../shared/domain/matching/failure-cause.ts';
import type { MatcherDeps } from '../../../shared/domain/matching/matcher.ts';
import {
  addUnbilled,
  type CauseGroups,
  createGroups,
  keyOfGroup,
  sortedGroups,
} from '../../../shared/domain/matching/unbilled-groups.ts';
import type { Account } from '../../../shared/domain/subscriptions/subscription.ts';
import { refuseUnkept } from '../fold/event-hours.ts';
import { type ListBounds, listBounds } from '../fold/read-budget.ts';
import { readInOrder, type ReadInOrderDeps } from './read-in-order.ts';
import { rangeFrom } from './read-page.ts';
import { type JudgedEvent, openVerdicts, type VerdictBounds, verdictBounds } from './verdicts.ts';

export interface ListFailuresDeps extends ReadInOrderDeps, MatcherDeps {}

interface FailureBounds extends ListBounds, VerdictBounds {
  /** Events that are decided at once. */
  readonly runSize: number;
}
/** Few events at once: a page may be full of causes, and the accounts of the others would have been read for nothing. */
const failureBounds: FailureBounds = { ...listBounds, ...verdictBounds, runSize: 200 };

const lookUpsAtOnce = 8;

/** Groups that have been found, and how far. */
interface Slice {
  readonly groups: CauseGroups<FailureCause>;
  /** The newest account of each customer that a group is of. */
  readonly accounts: Map<string, Account | undefined>;
  examined: number;
  /** Where the next answer continues; undefined: there are no more events. */
  cursor: EventPosition | undefined;
}

type Asked = Pick<EventFailuresRequest, 'failurePoints' | 'pageSize'>;

/** Adds an event to its groups. Returns false, and adds nothing, if the answer would have too many of them. */
const addEvent = (
  slice: Slice,
  { event, question, match }: JudgedEvent,
  { failurePoints, pageSize }: Asked,
): boolean => {
  const failures = failuresOf(question, match).flatMap((failure) => {
    const point = failurePointOf(failure.cause);
    const isAsked = failurePoints === undefined || (point !== undefined && failurePoints.includes(point));
    return isAsked ? [{ failure, customer: isOfCustomer(failure.cause) ? event.externalCustomerId : '' }] : [];
  });
  const keys = failures.map(({ failure, customer }) =>
    keyOfGroup({ ...failure, eventName: event.name, externalCustomerId: customer }),
  );
  const known = slice.groups.byKey;
  const fresh = new Set(keys.filter((key) => !known.has(key)));
  if (known.size > 0 && fresh.size > 0 && known.size + fresh.size > pageSize) return false;
  for (const { failure, customer } of failures) {
    addUnbilled(slice.groups, event, failure, customer);
    if (customer !== '') slice.accounts.set(customer, question.account);
  }
  slice.examined += 1;
  slice.cursor = event;
  return true;
};

/** Creates the use case. It throws ApiError for a range that is not kept, and DependencyError. */
export const createListFailures =
  (deps: ListFailuresDeps, bounds = failureBounds) =>
  async (scope: Scope, request: EventFailuresRequest): Promise<EventFailuresBody> => {
    const { range, externalCustomerId, eventName, from } = request;
    const asked = {
      scope,
      customer: externalCustomerId === '' ? null : externalCustomerId,
      eventName,
      range,
      order: 'desc',
      matches: () => true,
      from,
      runSize: bounds.runSize,
    } as const;
    refuseUnkept(deps, asked.customer, rangeFrom(asked).start);
    const verdicts = openVerdicts(deps, scope, bounds);

    const examine = async (): Promise<Slice> => {
      const slice: Slice = { groups: createGroups(), accounts: new Map(), examined: 0, cursor: undefined };
      for await (const step of readInOrder(deps, asked, bounds)) {
        if (step.kind === 'stopped') return { ...slice, cursor: step.at };
        const judged = await verdicts.judge(step.events);
        const isFull = judged.some((one) => !addEvent(slice, one, request));
        if (isFull || judged.length < step.events.length) return slice;
      }
      return { ...slice, cursor: undefined };
    };
    const { groups, accounts, examined, cursor } = await examine();

    const catalog = verdicts.catalog() ?? (await deps.readCatalog(scope)).catalog;
    const now = deps.now();
    const toBody = async (group: FailureGroup) => {
      const { cause, externalCustomerId: customer } = group;
      const similar = cause === 'no_customer' ? await deps.findSimilarNames(scope, 'CUSTOMER', customer) : [];
      return toFailureBody(group, { catalog, account: accounts.get(customer), now }, similar);
    };
    return {
      // At most as many names are looked up as there are groups, so fewer than a request may.
      failures: await mapConcurrently(sortedGroups(groups), lookUpsAtOnce, toBody),
      examined,
      complete: cursor === undefined,
      ...(cursor && { cursor: formatCursor({ timestamp: cursor.timestamp, id: cursor.id }) }),
      catalog_version: catalog.version,
    };
  };
