// tollgate dlq: lists, shows and redrives the messages that the processor has given up on.
import { type Command } from 'commander';
import type { DeadLetter } from '../../shared/queue/dead-letters.ts';
import { hiddenSecondsFor, type RoundsDeps, startRounds } from '../operator/dead-letter-rounds.ts';
import {
  type LetterRow,
  letterTable,
  letterText,
  toLetterBody,
  toLetterRow,
  toWholeLetterBody,
} from '../operator/dead-letter-text.ts';
import { CliFailure, exitCode } from '../process/failure.ts';
import { withNotes } from '../process/help.ts';
import { untilInterrupted } from '../process/interruption.ts';
import { collected, wholeNumber } from '../process/option-values.ts';
import { type Count, startCount } from '../process/progress.ts';
import { redrive } from '../operator/redrive.ts';
import { isComplete, summaryText, toSummaryBody } from '../operator/redrive-text.ts';
import { onStack, type Stack, type StackOptions, withStack } from '../operator/stack.ts';
import { printJson, readTerminal, tell } from '../process/terminal.ts';

interface ListOptions extends StackOptions {
  readonly limit: number;
}
interface RedriveOptions extends StackOptions {
  readonly id?: readonly string[];
  readonly max?: number;
}

interface Look extends RoundsDeps {
  readonly queue: Stack['deadLetters'];
  readonly progress: Count;
  /** Number of messages that somebody else was reading when it began. */
  readonly heldByOthers: number;
}

/**
 * Reads at most `limit` waiting messages, and hides them from others meanwhile. The function that `run` returns is called after
 * all are visible again, because a pipe that closes early ends the process.
 */
const lookInto = (
  { deadLetters: queue }: Stack,
  done: string,
  limit: number,
  run: (look: Look) => Promise<() => void>,
): Promise<void> =>
  untilInterrupted(async (isStopped) => {
    const { waiting, inFlight } = await queue.readDepth();
    const expected = Math.min(waiting, limit);
    const progress = startCount(expected, done);
    let report: () => void;
    try {
      report = await run({
        queue,
        isStopped,
        hiddenSeconds: hiddenSecondsFor(expected),
        progress,
        heldByOthers: inFlight,
      });
    } finally {
      progress.stop();
    }
    report();
    if (!isStopped()) return;
    tell('Interrupted. Messages that were not moved are still in the dead-letter queue.');
    process.exitCode = exitCode.interrupted;
  });

const list = ({ limit, json = false, ...options }: ListOptions): Promise<void> =>
  onStack(options, (stack) =>
    lookInto(stack, 'messages', limit, async (look) => {
      const lines: string[] = [];
      const rows: LetterRow[] = [];
      for await (const letters of startRounds(look, limit).letters) {
        lines.push(...letters.map((letter) => JSON.stringify(toLetterBody(letter))));
        rows.push(...letters.map(toLetterRow));
        look.progress.reach(rows.length);
      }
      return () => {
        if (json) for (const line of lines) console.log(line);
        else if (rows.length > 0) console.log(letterTable(rows, readTerminal()));
        if (rows.length === 0) tell('The dead-letter queue is empty.');
        if (rows.length === limit) tell(`Only the first ${String(limit)} are shown: see --limit.`);
        if (look.heldByOthers > 0)
          tell(`${String(look.heldByOthers)} more are hidden because somebody else is reading them.`);
      };
    }),
  );

const show = (id: string, { json = false, ...options }: StackOptions): Promise<void> =>
  onStack(options, (stack) =>
    lookInto(stack, 'messages', Infinity, async (look) => {
      let found: DeadLetter | undefined;
      let count = 0;
      for await (const letters of startRounds(look).letters) {
        found = letters.find(({ messageId, batch }) => messageId === id || batch?.id === id);
        if (found) break;
        look.progress.reach((count += letters.length));
      }
      return () => {
        if (found && json) printJson(toWholeLetterBody(found));
        else if (found) console.log(letterText(found, readTerminal()));
        else if (!look.isStopped()) {
          throw new CliFailure(
            `Message or batch ${id} is not in the dead-letter queue, or somebody else is reading it.`,
          );
        }
      };
    }),
  );

const redriveAll = ({ id, max = Infinity, json = false, ...options }: RedriveOptions): Promise<void> =>
  onStack(options, (stack) =>
    lookInto(stack, 'messages moved', id ? Infinity : max, async (look) => {
      const { sendMessages } = stack.queue;
      const deps = { ...look, sendMessages, now: stack.now, onProgress: look.progress.reach };
      const summary = await redrive(deps, { ids: id && new Set(id), max });
      return () => {
        if (json) printJson(toSummaryBody(summary));
        else tell(summaryText(summary));
        if (!isComplete(summary)) process.exitCode = exitCode.failure;
      };
    }),
  );

const needs = (...actions: readonly string[]): string =>
  `Required permissions: cloudformation:DescribeStacks, and sqs:GetQueueAttributes, ReceiveMessage, ChangeMessageVisibility${actions.map((action) => `, ${action}`).join('')}.`;

export const addDeadLetterCommands = (program: Command): void => {
  const dlq = program.command('dlq').description('inspect and redrive messages that the processor has given up on');
  withNotes(
    withStack(dlq.command('list'))
      .description('list the messages in the dead-letter queue')
      .option('--limit <n>', 'at most this many', wholeNumber, 100),
    [
      'The queue has no order. Listing hides messages from others for a moment and counts as a receive; they become visible again at the end, even after Ctrl-C.',
      needs(),
    ],
    [
      'tollgate dlq list --stack tollgate-prod',
      ['tollgate dlq list --stack tollgate-prod --limit 10000 --json', '| jq -r .batch_id'],
    ],
  ).action((options: ListOptions) => list(options));
  withNotes(
    withStack(dlq.command('show'))
      .description('show one message with its events')
      .argument('<id>', 'its message id or batch id'),
    [
      'Searches the queue until it finds the message, and hides what it has read from others for a moment. With --json, prints all of its events as "tollgate send" accepts them.',
      needs(),
    ],
    [
      'tollgate dlq show 01K7M3ZZZZ0000000000000001 --stack tollgate-prod',
      ['tollgate dlq show 01K7M3ZZZZ0000000000000001 --stack tollgate-prod --json', "| jq -c '.events[]'"],
    ],
  ).action((id: string, options: StackOptions) => show(id, options));
  withNotes(
    withStack(dlq.command('redrive'))
      .description('move messages back to the event queue, once the cause of the failure is fixed')
      .option('--id <id>', 'only this message or batch; repeatable (default: all)', collected)
      .option('--max <n>', 'at most this many', wholeNumber),
    [
      'Safe to repeat and to interrupt: an event counts once, however often its message is delivered. Moves only what was there when it began. The processor sets a batch older than 30 days aside again: see "tollgate claims release --help".',
      needs('DeleteMessage', 'SendMessage'),
    ],
    [
      'tollgate dlq redrive --stack tollgate-prod',
      ['tollgate dlq redrive --stack tollgate-prod', '--id 01K7M3ZZZZ0000000000000001'],
    ],
  ).action((options: RedriveOptions) => redriveAll(options));
};
