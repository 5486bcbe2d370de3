// Sends batches of events in parallel until each is accepted or finally refused. Event ids make every retry safe.
import { setTimeout as delay } from 'node:timers/promises';
import { type ApiReply, backoffMs, ConnectionFailure, failureOf, isRetryable, problemOf } from './api-client.ts';
import type { EventLine } from '../input/event-lines.ts';
import { CliFailure } from '../process/failure.ts';

interface LineFailure {
  readonly line: number;
  readonly rule: string;
}

export interface SendSummary {
  readonly accepted: number;
  readonly failures: readonly LineFailure[];
  /** Every line up to and including this one was accepted or refused; 0: none. */
  readonly settledLine: number;
  /** Accepted lines with derived ids, and those of them without a timestamp. */
  readonly derived: number;
  readonly derivedWithoutTimestamp: number;
  /** Number of accepted events that carry a field unknown to events, by field name; a few hundred names at most. */
  readonly unknownFields: ReadonlyMap<string, number>;
  /** Why sending stopped early, if it did. */
  readonly stoppedBy?: CliFailure;
}

export interface SendDeps {
  readonly post: (body: string) => Promise<ApiReply>;
  readonly parallel: number;
  /** How long to wait for an unreachable or busy deployment: milliseconds without any success. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (accepted: number, failed: number) => void;
  readonly onWait: (reason: string) => void;
}

type SendableLine = Extract<EventLine, { kind: 'event' }>;

/** Groups rules by index of the event, from paths such as `events[3].event_name`. */
const rulesByIndex = (details: Readonly<Record<string, unknown>>): Map<number, string> => {
  const rules = new Map<number, string>();
  for (const [path, rule] of Object.entries(details)) {
    const [, index, field = ''] = /^events\[(\d+)\]\.?(.*)$/s.exec(path) ?? [];
    if (index === undefined) continue;
    const text = [field, String(rule)].filter(Boolean).join(': ');
    const known = rules.get(Number(index));
    rules.set(Number(index), known === undefined ? text : `${known}; ${text}`);
  }
  return rules;
};

const maxUnknownFields = 100;

export const sendEvents = async (
  batches: AsyncGenerator<readonly EventLine[], void>,
  deps: SendDeps,
): Promise<SendSummary> => {
  const failures: LineFailure[] = [];
  const settled = new Map<number, number>();
  let accepted = 0;
  let [derived, derivedWithoutTimestamp] = [0, 0];
  const unknownFields = new Map<string, number>();
  let taken = 0;
  let settledBatches = 0;
  let settledLine = 0;
  let lastContact: number | undefined;
  let stoppedBy: CliFailure | undefined;

  const isStopped = (): boolean => deps.signal.aborted || stoppedBy !== undefined;

  /** Posts a body; returns undefined if interrupted. */
  const post = async (body: string): Promise<ApiReply | undefined> => {
    for (let attempt = 1; !isStopped(); attempt += 1) {
      let failure: CliFailure;
      let retryAfterSeconds: number | undefined;
      try {
        const reply = await deps.post(body);
        if (!isRetryable(reply.status)) return reply;
        failure = failureOf(reply);
        ({ retryAfterSeconds } = reply);
        lastContact ??= Date.now();
      } catch (error) {
        if (!(error instanceof ConnectionFailure)) throw error;
        failure = error;
        if (!error.isAbsent) lastContact ??= Date.now();
      }
      if (lastContact === undefined || Date.now() - lastContact > deps.patienceMs) throw failure;
      deps.onWait(failure.message);
      await delay(backoffMs(attempt, retryAfterSeconds), undefined, { signal: deps.signal }).catch(() => undefined);
    }
    return undefined;
  };

  const refuse = (failed: readonly LineFailure[]): void => {
    failures.push(...failed);
    deps.onProgress(accepted, failures.length);
  };

  /** Sends a batch; returns whether every line is settled. */
  const deliver = async (lines: readonly SendableLine[]): Promise<boolean> => {
    if (lines.length === 0) return true;
    const reply = await post(`{"events":[${lines.map(({ json }) => json).join(',')}]}`);
    if (!reply) return false;
    if (reply.status < 300) {
      lastContact = Date.now();
      accepted += lines.length;
      const idless = lines.filter((line) => line.derived);
      derived += idless.length;
      derivedWithoutTimestamp += idless.filter((line) => line.derived?.hasTimestamp === false).length;
      for (const name of lines.flatMap((line) => line.unknownFields ?? [])) {
        const known = unknownFields.get(name) ?? 0;
        if (known > 0 || unknownFields.size < maxUnknownFields) unknownFields.set(name, known + 1);
      }
      deps.onProgress(accepted, failures.length);
      return true;
    }
    const problem = problemOf(reply);
    if (reply.status !== 400 && reply.status !== 413) throw failureOf(reply);
    const rules = rulesByIndex(problem.details);
    if (rules.size > 0) {
      refuse(
        lines.flatMap(({ line }, index) => {
          const rule = rules.get(index);
          return rule === undefined ? [] : [{ line, rule }];
        }),
      );
      return deliver(lines.filter((_, index) => !rules.has(index)));
    }
    if (lines.length === 1) {
      refuse(lines.map(({ line }) => ({ line, rule: problem.message })));
      return true;
    }
    const middle = lines.length >> 1;
    return (await deliver(lines.slice(0, middle))) && deliver(lines.slice(middle));
  };

  const settle = (batch: number, lastLine: number): void => {
    settled.set(batch, lastLine);
    for (let line = settled.get(settledBatches); line !== undefined; line = settled.get(settledBatches)) {
      settledLine = line;
      settled.delete(settledBatches);
      settledBatches += 1;
    }
  };

  const work = async (): Promise<void> => {
    while (!isStopped()) {
      const { value: lines } = await batches.next();
      if (!lines) return;
      const batch = taken;
      taken += 1;
      refuse(lines.filter((line) => line.kind === 'invalid'));
      if (await deliver(lines.filter((line) => line.kind === 'event'))) settle(batch, lines.at(-1)?.line ?? 0);
    }
  };
  const guarded = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof CliFailure)) throw error;
      stoppedBy ??= error;
    }
  };

  await Promise.all(Array.from({ length: deps.parallel }, guarded));
  failures.sort((a, b) => a.line - b.line);
  return {
    accepted,
    failures,
    settledLine,
    derived,
    derivedWithoutTimestamp,
    unknownFields,
    ...(stoppedBy && { stoppedBy }),
  };
};
