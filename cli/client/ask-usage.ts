// What commands have in common that ask about usage: a range that was never read is folded over several requests, with the
// progress on stderr, and goes on from there when it was interrupted.
import { setTimeout as delay } from 'node:timers/promises';
import { type Command } from 'commander';
import type { Problem } from './api-client.ts';
import { connect, type ConnectionOptions } from './connection.ts';
import type { CliFailure } from '../process/failure.ts';
import { endAtInterrupt } from '../process/interruption.ts';
import { wholeNumber } from '../process/option-values.ts';
import { createRetryingCall } from './retrying-call.ts';
import { startFolding } from '../process/progress.ts';
import { tell } from '../process/terminal.ts';

export interface RetryOptions extends ConnectionOptions {
  readonly retryFor: number;
}

export const withRetryOptions = (command: Command): Command =>
  command.option(
    '--retry-for <seconds>',
    'how long a range that is read for the first time may take',
    wholeNumber,
    900,
  );

/** Posts a question until it is answered. */
export type Ask = (path: string, body: unknown) => Promise<unknown>;

/** What `answer` makes of it is shown once the progress is gone. */
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
    if (isFolding) tell('Interrupted. What was folded is kept: run it again to go on from there.');
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
