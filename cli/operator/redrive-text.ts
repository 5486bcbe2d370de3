// Reports the result of a redrive, as text or as JSON.
import { dependencyFailure } from './aws-failure.ts';
import type { RedriveSummary } from './redrive.ts';

const shownIds = 20;
const someOf = (ids: readonly string[]): string =>
  ids.slice(0, shownIds).join(', ') + (ids.length > shownIds ? ` and ${String(ids.length - shownIds)} more` : '');

const lineIf = (isShown: boolean, line: string): readonly string[] => (isShown ? [line] : []);

export const summaryText = ({ moved, failures, tooOld, later, notFound, stoppedBy }: RedriveSummary): string =>
  [
    `${String(moved)} moved back to the event queue, ${String(failures.length)} failed`,
    ...failures.slice(0, shownIds).map(({ messageId, reason }) => `  ${messageId}: ${reason}`),
    ...lineIf(failures.length > shownIds, `  and ${String(failures.length - shownIds)} more (--json lists all)`),
    ...lineIf(tooOld.length > 0, `Over 30 days old, so the processor will set them aside again: ${someOf(tooOld)}`),
    ...lineIf(later > 0, `${String(later)} arrived after the redrive began and were left in the queue.`),
    ...lineIf(
      notFound.length > 0,
      `Not in the dead-letter queue, or hidden because somebody else is reading it: ${someOf(notFound)}`,
    ),
    ...(stoppedBy ? [dependencyFailure(stoppedBy).message] : []),
  ].join('\n');

export const toSummaryBody = ({ moved, failures, tooOld, later, notFound, stoppedBy }: RedriveSummary) => ({
  moved,
  failed: failures.length,
  failures: failures.map(({ messageId, reason }) => ({ message_id: messageId, reason })),
  too_old: tooOld,
  came_later: later,
  not_found: notFound,
  ...(stoppedBy && { stopped_by: dependencyFailure(stoppedBy).message }),
});

export const isComplete = ({ failures, notFound, stoppedBy }: RedriveSummary): boolean =>
  failures.length === 0 && notFound.length === 0 && stoppedBy === undefined;
