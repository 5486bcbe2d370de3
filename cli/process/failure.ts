// Errors that end a command for a reason the user can act on: shown as a sentence, never as a stack trace.

export const exitCode = { ok: 0, failure: 1, usage: 2, notYet: 3, interrupted: 130 } as const;

/** Meanings of the exit codes, as the help shows them. */
export const exitCodeMeanings: Readonly<Record<keyof typeof exitCode, string>> = {
  ok: 'done',
  failure: 'failed, wholly or in part',
  usage: 'wrong usage: options, arguments or a file; nothing was done',
  notYet: 'events get --wait: the event is not stored yet',
  interrupted: 'interrupted, as by Ctrl-C',
};

export class CliFailure extends Error {
  readonly exitCode: number;

  constructor(message: string, code: number = exitCode.failure) {
    super(message);
    this.name = 'CliFailure';
    this.exitCode = code;
  }
}

/** A failure that may pass: running the same command again may succeed, because the deployment was unreachable or busy. */
export class PassingFailure extends CliFailure {}

/** A request that the deployment refused. */
export class Refusal extends CliFailure {
  /** Error code of the answer; `http_404` if the answer has another shape. */
  readonly code: string;
  /** Whether an earlier attempt got no answer and may have taken effect. */
  readonly isAfterLoss: boolean;

  constructor(message: string, code: string, isAfterLoss = false) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.isAfterLoss = isAfterLoss;
  }
}
