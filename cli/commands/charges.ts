// tollgate charges: shows what subscriptions currently owe for a period, and how each amount was calculated.
import { type Command } from 'commander';
import { chargesText } from '../print/charges-text.ts';
import * as v from 'valibot';
import { readList } from '../client/answer.ts';
import { readPreview } from '../client/charges-answer.ts';
import { connect, withConnection } from '../client/connection.ts';
import { CliFailure, exitCode } from '../process/failure.ts';
import { withNotes } from '../process/help.ts';
import { createOptionFailure } from '../client/option-failure.ts';
import { instantOf, someText, timeValue, timezoneName } from '../process/option-values.ts';
import { type Ask, askUsage, type RetryOptions, withRetryOptions } from '../client/ask-usage.ts';
import { printJson, readTerminal } from '../process/terminal.ts';

interface ChargesOptions extends RetryOptions {
  readonly customer?: string;
  readonly from?: string;
  readonly to?: string;
  readonly timezone?: string;
  readonly explain?: boolean;
}

const chargesFailure = createOptionFailure({
  subscription_id: '<subscription>',
  period_start: '--from',
  period_end: '--to',
});

const idsOf = async (subscription: string | undefined, options: ChargesOptions): Promise<readonly string[]> => {
  const { customer } = options;
  if (subscription !== undefined && customer === undefined) return [subscription];
  if (subscription !== undefined || customer === undefined) {
    throw new CliFailure('Pass a subscription id, or --customer for all subscriptions of a customer.', exitCode.usage);
  }
  const { call } = connect(options);
  const found = await readList(
    (path) => call('GET', path),
    `v1/customers/external/${encodeURIComponent(customer)}/subscriptions?subscription_status=active&subscription_status=trialing`,
    v.object({ id: v.string() }),
    'subscriptions',
  );
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) throw new CliFailure('This customer has no active subscription.');
  return ids;
};

const createCharges =
  (subscription: string | undefined) =>
  async (ask: Ask, options: ChargesOptions): Promise<() => void> => {
    const { from, to, timezone = 'UTC', json = false, explain = false } = options;
    const answers: unknown[] = [];
    for (const id of await idsOf(subscription, options)) {
      answers.push(
        await ask('v1/invoices/preview', {
          subscription_id: id,
          ...(from !== undefined && { period_start: instantOf(from, timezone) }),
          ...(to !== undefined && { period_end: instantOf(to, timezone) }),
          ...(explain && { include: ['unbilled_events'] }),
        }),
      );
    }
    const terminal = readTerminal();
    return () => {
      if (json) for (const answer of answers) printJson(answer);
      else console.log(answers.map((answer) => chargesText(readPreview(answer), terminal, explain)).join('\n\n'));
    };
  };

export const addChargesCommand = (program: Command): void => {
  withNotes(
    withRetryOptions(withConnection(program.command('charges')))
      .description('show what a subscription currently owes for a period, and how each amount was calculated')
      .argument('[subscription]', 'id of the subscription')
      .option('--customer <external id>', 'instead, every active or trialing subscription of this customer', someText)
      .option('--from <time>', 'RFC 3339 or a date, inclusive (default: start of the current period)', timeValue)
      .option('--to <time>', 'RFC 3339 or a date, exclusive (default: end of the period of --from)', timeValue)
      .option('--timezone <name>', 'IANA name, for dates in --from and --to (default: UTC)', timezoneName)
      .option(
        '--explain',
        'also show the usage, allowance and steps behind each amount, and events that no line bills',
      ),
    [
      'Nothing is stored: the result can differ later, once events or the catalog have changed. With --json there is one preview per line, including the explanation of every invoice line.',
    ],
    [
      'tollgate charges subs_01JABCDEF',
      'tollgate charges --customer acme --explain',
      [
        'tollgate charges subs_01JABCDEF --from 2026-10-01 --json',
        "| jq -r '.line_items[] | [.display_name, .quantity, .amount] | @tsv'",
      ],
    ],
  ).action((subscription: string | undefined, options: ChargesOptions) =>
    askUsage(options, chargesFailure, createCharges(subscription)),
  );
};
