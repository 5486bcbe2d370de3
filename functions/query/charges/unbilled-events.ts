// Finds the events of a customer in a period that no line item bills, by cause: as many as one request reads, newest first.
import type { UnbilledEventsBody } from '../../../shared/api/bodies/unbilled-events.ts';
import { toUnbilledEventsBody } from '../../../shared/api/charges/unbilled-events.ts';
import type { Catalog } from '../../../shared/domain/catalog/catalog.ts';
import type { Event } from '../../../shared/domain/events/event.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { matchEvent } from '../../../shared/domain/matching/decision.ts';
import { unbilledCause } from '../../../shared/domain/matching/unbilled-cause.ts';
import { addUnbilled, createGroups } from '../../../shared/domain/matching/unbilled-groups.ts';
import type { Account } from '../../../shared/domain/subscriptions/subscription.ts';
import type { Period } from '../../../shared/domain/time/period.ts';
import { readPage, type ReadPageDeps } from '../events/read-page.ts';
import { listBounds } from '../fold/read-budget.ts';

/** Reads and groups them, by the catalog of now. Throws as `readPage` does. */
export const findUnbilledEvents = async (
  deps: ReadPageDeps,
  scope: Scope,
  { account, catalog, period }: { readonly account: Account; readonly catalog: Catalog; readonly period: Period },
  bounds = listBounds,
): Promise<UnbilledEventsBody> => {
  const questionOf = (event: Event) => ({ event, catalog, account });
  const request = {
    scope,
    customer: account.customer.externalId,
    eventName: '',
    // The range of a page is inclusive at both ends.
    range: { start: period.start, end: period.end - 1 },
    order: 'desc',
    matches: (event: Event) => matchEvent(questionOf(event)).verdict !== 'processed',
    // As many as the bounds allow to read.
    wanted: Infinity,
    isCounting: false,
  } as const;
  const { events, stoppedAt } = await readPage(deps, request, bounds);
  const groups = createGroups();
  for (const event of events) {
    const unbilled = unbilledCause(questionOf(event));
    if (unbilled) addUnbilled(groups, event, unbilled);
  }
  return toUnbilledEventsBody(groups, catalog, stoppedAt?.timestamp);
};
