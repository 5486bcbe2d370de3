// Reports the result of sending, as text or as JSON.
import { eventFields } from '../../shared/domain/events/event.ts';
import { unknownNameRule } from '../../shared/domain/nearest-name.ts';
import { ConnectionFailure } from '../client/api-client.ts';
import { PassingFailure } from '../process/failure.ts';
import type { SendSummary } from '../client/send-events.ts';
import { visible } from './visible-text.ts';

const shownFailures = 20;
const shownFields = 10;

const lineIf = (isShown: boolean, line: string): readonly string[] => (isShown ? [line] : []);

const goOnText = ({ settledLine, stoppedBy }: SendSummary): string => {
  const rest = `--start-line ${String(settledLine + 1)}`;
  // Running the same command again helps only if the failure may pass by itself.
  if (stoppedBy && !(stoppedBy instanceof PassingFailure)) {
    return settledLine === 0
      ? ''
      : `All lines up to ${String(settledLine)} are done. Once the problem is fixed, continue with ${rest}.`;
  }
  // Its message already says that nothing is there.
  if (stoppedBy instanceof ConnectionFailure && stoppedBy.isAbsent && settledLine === 0) return '';
  return `Run it again to continue: event ids make that safe.${settledLine === 0 ? '' : ` ${rest} saves time.`}`;
};

/** Lists unknown fields, the most frequent first. */
const unknownFieldLines = ({ unknownFields }: SendSummary): readonly string[] => {
  const fields = [...unknownFields].sort(([, a], [, b]) => b - a);
  return [
    ...fields.slice(0, shownFields).map(([name, events]) => {
      const carried = events === 1 ? '1 event carries' : `${String(events)} events carry`;
      return `${carried} ${visible(name)}, which ${unknownNameRule(name, eventFields)}`;
    }),
    ...lineIf(fields.length > shownFields, `and ${String(fields.length - shownFields)} more such fields`),
  ];
};

export const summaryText = (summary: SendSummary, seconds: number, isInterrupted: boolean): string => {
  const { accepted, failures, derived, derivedWithoutTimestamp: timeless, stoppedBy } = summary;
  const rate = Math.round(accepted / Math.max(seconds, 0.001));
  const isStopped = stoppedBy !== undefined || isInterrupted;
  return [
    `${String(accepted)} accepted, ${String(failures.length)} refused in ${seconds.toFixed(1)} s (${String(rate)}/s)`,
    ...failures.slice(0, shownFailures).map(({ line, rule }) => `  line ${String(line)}: ${visible(rule)}`),
    ...lineIf(
      failures.length > shownFailures,
      `  and ${String(failures.length - shownFailures)} more (--json lists all)`,
    ),
    ...unknownFieldLines(summary),
    ...lineIf(!isStopped && accepted + failures.length === 0, 'The input contained no events.'),
    ...lineIf(
      derived > 0,
      `Lines without an event_id: ${String(derived)}. Each got one derived from its content, so the same line counts once, wherever it is sent from.`,
    ),
    ...lineIf(
      timeless > 0,
      `Of these, without a timestamp: ${String(timeless)}. Sent again on another day, they count as the same events; if they are not, add an event_id or a timestamp.`,
    ),
    ...(stoppedBy ? [stoppedBy.message] : []),
    ...(isStopped ? [goOnText(summary)].filter(Boolean) : []),
  ].join('\n');
};

/** Returns the object that --json prints. */
export const toSummaryBody = (summary: SendSummary, seconds: number) => ({
  accepted: summary.accepted,
  refused: summary.failures.length,
  seconds,
  settled_line: summary.settledLine,
  derived_ids: summary.derived,
  derived_ids_without_timestamp: summary.derivedWithoutTimestamp,
  unknown_fields: Object.fromEntries(summary.unknownFields),
  failures: summary.failures,
  ...(summary.stoppedBy && { stopped_by: summary.stoppedBy.message }),
});
