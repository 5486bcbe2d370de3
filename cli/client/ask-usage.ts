// Shared by the commands that query usage: a range that has never been read is folded over several requests, with progress on
// stderr; after an interruption, running the command again continues from there.
import { setTimeout as delay } from 'node:timers/promises';
import { type Command } from 'commander';
import type { Problem } from './api-client.ts';
import { connect, type ConnectionOptions } from './connection.ts';
import type { CliFailure } from '../process/failure.ts';
import { endAtInterrupt } from '../process/interruption.ts';
import { wholeNumber } from '../process/option-values.ts';
import { createRetryingCall } from './repeat-usage-query.ts';
import { startFolding } from '../process/progress.ts';
import { tell } from '../process/terminal.ts';

export interface RetryOptions extends ConnectionOptions {
  readonly retryFor: number;
}

export const withRetryOptions = (command: Command): Command =>
  command.option(
    '--retry-for <seconds>',
    'how long to wait for a range that is read for the first time',
    wholeNumber,
    900,
  );

/** Posts a question until it is answered. */
export type Ask = (path: string, body: unknown) => Promise<unknown>;

/** Asks, clears the progress, and then shows what `answer` returns. */
export const askUsage = async <O extends RetryOptions>(
  options: O,
  toFailure: (problem: Problem) => CliFailure,
  answer: (ask: Ask, options: O) => Promise<() => void>,
): Promise<void> => {
  const progress = startFolding();
  let isFolding = false;
  const ask = createRetryingCall({
    send: connect(options).send,
    patienceMs: options.retryFor * 1_000,
    toFailure,
    now: () => performance.now(),
    delay,
    onFolded: (folded, ofDays) => {
      isFolding = true;
      progress.reach(folded, ofDays);
    },
  });
  const onInterrupt = (): void => {
    progress.stop();
    if (isFolding) tell('Interrupted. What was folded is kept: run it again to continue.');
  };
  await endAtInterrupt(onInterrupt, async () => {
    let show: () => void;
    try {
      show = await answer(ask, options);
    } finally {
      progress.stop();
    }
    show();
  });
};
