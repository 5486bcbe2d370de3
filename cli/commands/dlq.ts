// tollgate dlq: what the processor has given up on; list, show and redrive.
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
  /** Messages that somebody else held when it began. */
  readonly heldByOthers: number;
}

/**
 * Hides messages for as long as it takes to look at those that wait, at most `limit`. What `run` answers is called when all is
 * given back: a pipe that closes early ends the process.
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
    tell('Interrupted: what was not moved is in the dead-letter queue as before.');
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
        if (rows.length === 0) tell('No message is in the dead-letter queue.');
        if (rows.length === limit) tell(`These are the first ${String(limit)}: see --limit.`);
        if (look.heldByOthers > 0) tell(`${String(look.heldByOthers)} more are hidden: somebody else looks at them.`);
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
          throw new CliFailure(`No message or batch ${id} is in the dead-letter queue, or somebody else looks at it.`);
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
  `It needs cloudformation:DescribeStacks, and of SQS GetQueueAttributes, ReceiveMessage, ChangeMessageVisibility${actions.map((action) => `, ${action}`).join('')}.`;

export const addDeadLetterCommands = (program: Command): void => {
  const dlq = program.command('dlq').description('messages that the processor has given up on');
  withNotes(
    withStack(dlq.command('list'))
      .description('what is in the dead-letter queue')
      .option('--limit <n>', 'at most this many', wholeNumber, 100),
    [
      'In no order, for the queue has none. Looking hides the messages from others for a moment and counts as a receive; they are given back at the end, also after Ctrl-C.',
      needs(),
    ],
    [
      'tollgate dlq list --stack tollgate-prod',
      ['tollgate dlq list --stack tollgate-prod --limit 10000 --json', '| jq -r .batch_id'],
    ],
  ).action((options: ListOptions) => list(options));
  withNotes(
    withStack(dlq.command('show'))
      .description('one message with its events')
      .argument('<id>', 'its message id or batch id'),
    [
      'Looks through the queue until it finds the message; what it looked at is hidden from others for a moment. With --json, all of its events as "tollgate send" takes them.',
      needs(),
    ],
    [
      'tollgate dlq show 01K7M3ZZZZ0000000000000001 --stack tollgate-prod',
      ['tollgate dlq show 01K7M3ZZZZ0000000000000001 --stack tollgate-prod --json', "| jq -c '.events[]'"],
    ],
  ).action((id: string, options: StackOptions) => show(id, options));
  withNotes(
    withStack(dlq.command('redrive'))
      .description('move messages back to the event queue, once what made them fail is repaired')
      .option('--id <id>', 'only this message or batch; repeatable (default: all)', collected)
      .option('--max <n>', 'at most this many', wholeNumber),
    [
      'Safe to repeat and to interrupt: an event counts once however often its message comes. Ends with what was there when it began. A batch older than 30 days is set aside by the processor again: see "tollgate claims release --help".',
      needs('DeleteMessage', 'SendMessage'),
    ],
    [
      'tollgate dlq redrive --stack tollgate-prod',
      ['tollgate dlq redrive --stack tollgate-prod', '--id 01K7M3ZZZZ0000000000000001'],
    ],
  ).action((options: RedriveOptions) => redriveAll(options));
};
