// What a command ends with when it cannot do its work for a reason the user can act on: a sentence, never a stack trace.

export const exitCode = { ok: 0, failure: 1, usage: 2, interrupted: 130 } as const;

export class CliFailure extends Error {
  readonly exitCode: number;

  constructor(message: string, code: number = exitCode.failure) {
    super(message);
    this.name = 'CliFailure';
    this.exitCode = code;
  }
}
