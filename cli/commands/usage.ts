// tollgate usage: shows what events add up to, by window as a chart, and which events are behind the value.
import { type Command, Option } from 'commander';
import { aggregationTypes } from '../../shared/domain/meters/meter.ts';
import { resolveTimeZone } from '../../shared/domain/time/civil-time.ts';
import { windowSizes } from '../../shared/domain/time/usage-window.ts';
import { type Ask, askUsage, withRetryOptions } from '../client/ask-usage.ts';
import { withConnection } from '../client/connection.ts';
import { type ExplainedEvent, type ExplanationPage, readUsageAnswer } from '../client/usage-answer.ts';
import { toUsageRequest, usageFailure, type UsageOptions } from '../client/usage-request.ts';
import { printJson, readTerminal, tell } from '../process/terminal.ts';
import { explainUsage, explanationText } from '../print/usage-explanation.ts';
import { missingRowsText, type Question, usageText } from '../print/usage-text.ts';
import { withNotes } from '../process/help.ts';
import { collected, oneOf, someText, timeValue, timezoneName, wholeNumber } from '../process/option-values.ts';

const defaultLimit = 50;

const toQuestion = (options: UsageOptions, request: ReturnType<typeof toUsageRequest>): Question => {
  const { meter, bucket, window } = options;
  const timezone = resolveTimeZone(options.timezone ?? '') ?? 'UTC';
  const size = bucket ?? window;
  return {
    meter,
    property: options.property,
    customer: options.customer,
    start: request.start_time,
    end: request.end_time,
    timezone,
    // A meter may have its own buckets.
    division:
      size === undefined || meter !== undefined
        ? undefined
        : { kind: bucket === undefined ? 'window' : 'bucket', size, timezone, billingAnchor: request.billing_anchor },
  };
};

const query = async (ask: Ask, options: UsageOptions): Promise<() => void> => {
  const request = toUsageRequest(options);
  const answer = await ask(options.meter === undefined ? 'v1/events/usage' : 'v1/events/usage/meter', request);
  return () => {
    if (!options.json) {
      console.log(usageText(readUsageAnswer(answer), toQuestion(options, request), readTerminal()));
      return;
    }
    printJson(answer);
    const missing = missingRowsText(readUsageAnswer(answer));
    if (missing !== undefined) tell(missing);
  };
};

const explain = async (ask: Ask, options: UsageOptions): Promise<() => void> => {
  const { json = false, limit = defaultLimit } = options;
  const request = toUsageRequest(options);
  const events: ExplainedEvent[] = [];
  let last: ExplanationPage | undefined;
  let count = 0;
  for await (const page of explainUsage((body) => ask('v1/events/usage/explain', body), request, limit)) {
    last = page;
    count += page.events.length;
    if (json) for (const event of page.events) printJson(event);
    else events.push(...page.events);
  }
  return () => {
    if (last && !json) console.log(explanationText(events, last, toQuestion(options, request), readTerminal()));
    if (count === 0) tell('There is no event of this name in the range. Names are case-sensitive.');
    if (last?.has_more) tell(`Only the newest ${String(count)} are shown: see --limit.`);
  };
};

const ofMeter = ['event', 'aggregation', 'property', 'multiplier', 'groupBy', 'bucket'];

export const addUsageCommand = (program: Command): void => {
  withNotes(
    withRetryOptions(withConnection(program.command('usage')))
      .description('show exactly what events add up to, and which events are behind the value')
      .option('--event <name>', 'aggregate the events of this name', someText)
      .addOption(
        new Option('--meter <id>', 'aggregate as this meter does, including its filters')
          .argParser(someText)
          .conflicts(ofMeter),
      )
      .option('--aggregation <type>', `${aggregationTypes.join(', ')} (default: COUNT)`, oneOf(aggregationTypes))
      .option('--property <name>', 'the property to aggregate', someText)
      .option('--multiplier <decimal>', 'multiplier of SUM_WITH_MULTIPLIER (default: 1)', someText)
      .option(
        '--filter <key=value>',
        'only events with this property; repeatable, values of one key are alternatives',
        collected,
      )
      .option('--customer <external id>', 'only this customer (default: all customers)', someText)
      .option('--from <time>', 'RFC 3339 or a date, inclusive (default: 7 days before --to)', timeValue)
      .option('--to <time>', 'RFC 3339 or a date, exclusive (default: now)', timeValue)
      .option('--window <size>', `also by window: ${windowSizes.join(', ')}`, oneOf(windowSizes))
      .addOption(
        new Option(
          '--bucket <size>',
          'SUM or MAX of each bucket in UTC, and the total of all buckets; same sizes as --window',
        )
          .argParser(oneOf(windowSizes))
          .conflicts('window'),
      )
      .option('--group-by <property>', 'MAX with --bucket only: by the values of this property', someText)
      .option(
        '--timezone <name>',
        'IANA name, for windows and for dates in --from and --to (default: UTC)',
        timezoneName,
      )
      .option('--billing-anchor <time>', 'the day of the month on which MONTH windows begin', timeValue)
      .option('--explain', 'list the events instead: what each counts for, or why it does not count')
      .option(
        '--limit <n>',
        `with --explain: at most this many events (default: ${String(defaultLimit)})`,
        wholeNumber,
      ),
    [
      'A date means midnight in --timezone. Pass either --event, for an ad hoc query, or --meter. A range that has never been read is folded over several requests; the command repeats them until it is done, and after an interruption the folded part is kept. Negative values are shown as 0, for windows and for the whole range. With --explain --json there is one event per line.',
    ],
    [
      'tollgate usage --event api_call --customer acme',
      ['tollgate usage --event model.usage --aggregation SUM --property tokens', '--filter model=large --window DAY'],
      [
        'tollgate usage --meter meter_01JABCDEF --customer acme',
        '--from 2026-11-01 --to 2026-12-01 --timezone Europe/Berlin',
      ],
      ['tollgate usage --event vm --aggregation MAX --property gb', '--bucket HOUR --group-by host'],
      [
        'tollgate usage --meter meter_01JABCDEF --customer acme',
        '--explain --limit 100000 --json',
        `| jq -c 'select(.status == "excluded")'`,
      ],
    ],
  ).action((options: UsageOptions) => askUsage(options, usageFailure, options.explain ? explain : query));
};
