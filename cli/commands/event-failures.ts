// tollgate events failures: why events are not billed, by cause, and what would bill them.
import { type Command } from 'commander';
import { connect, type ConnectionOptions, withConnection } from '../client/connection.ts';
import { readFailures } from '../client/event-failures.ts';
import { failuresText } from '../print/failures-text.ts';
import { withNotes } from '../process/help.ts';
import { instantOf, someText, timeValue, timezoneName } from '../process/option-values.ts';
import { startTally } from '../process/progress.ts';
import { printJson, readTerminal, tell } from '../process/terminal.ts';
import { formatInstant, msPerDay, parseInstant } from '../../shared/domain/time/instant.ts';

interface FailuresOptions extends ConnectionOptions {
  readonly customer?: string;
  readonly eventName?: string;
  readonly from?: string;
  readonly to?: string;
  readonly timezone?: string;
}

const usualDays = 7;

const rangeOf = ({ from, to, timezone = 'UTC' }: FailuresOptions, now: number) => {
  const end = to === undefined ? formatInstant(now) : instantOf(to, timezone);
  const usualStart = (): string => formatInstant((parseInstant(end) ?? now) - usualDays * msPerDay);
  return { start_time: from === undefined ? usualStart() : instantOf(from, timezone), end_time: end };
};

const failures = async (options: FailuresOptions): Promise<void> => {
  const { customer, eventName, json = false } = options;
  const { call } = connect(options);
  const tally = startTally('events examined');
  const request = {
    ...rangeOf(options, Date.now()),
    ...(customer !== undefined && { external_customer_id: customer }),
    ...(eventName !== undefined && { event_name: eventName }),
  };
  const found = await readFailures((body) => call('POST', 'v1/events/failures', body), request, tally.reach).finally(
    tally.stop,
  );
  if (!json) {
    console.log(failuresText(found, readTerminal()));
    return;
  }
  for (const failure of found.failures) printJson(failure);
  if (found.failures.length === 0) tell(`All of ${String(found.examined)} events are billed.`);
};

export const addFailuresCommand = (events: Command): void => {
  withNotes(
    withConnection(events.command('failures'))
      .description('show why events are not billed, by cause, and what would bill them')
      .option('--customer <external id>', 'only events of this customer', someText)
      .option('--event-name <name>', 'only events of this name', someText)
      .option('--from <time>', 'RFC 3339 or a date, inclusive (default: 7 days before --to)', timeValue)
      .option('--to <time>', 'RFC 3339 or a date, exclusive (default: now)', timeValue)
      .option('--timezone <name>', 'IANA name, for dates in --from and --to (default: UTC)', timezoneName),
    [
      'All events of the range are examined by the current catalog. What would bill them is shown as commands, which are never run. It applies to events that were received before, without sending them again.',
    ],
    ['tollgate events failures', 'tollgate events failures --customer acme --from 2026-11-01'],
  ).action((options: FailuresOptions) => failures(options));
};
