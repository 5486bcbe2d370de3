// What a command ends with when it cannot do its work for a reason the user can act on: a sentence, never a stack trace.

export const exitCode = { ok: 0, failure: 1, usage: 2, notYet: 3, interrupted: 130 } as const;

/** In the help of the program, and in the README. */
export const exitCodeMeanings: Readonly<Record<keyof typeof exitCode, string>> = {
  ok: 'done',
  failure: 'it could not be done, or only in part',
  usage: 'used wrongly: options, arguments or a file; nothing was done',
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

/** The same command, run again as it is, may do better: nobody answered, or who did was busy. */
export class PassingFailure extends CliFailure {}

/** What the deployment said no to. */
export class Refusal extends CliFailure {
  /** Of the answer; `http_404` when the answer is of another shape. */
  readonly code: string;
  /** An earlier attempt got no answer, and may have been done. */
  readonly isAfterLoss: boolean;

  constructor(message: string, code: string, isAfterLoss = false) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.isAfterLoss = isAfterLoss;
  }
}
