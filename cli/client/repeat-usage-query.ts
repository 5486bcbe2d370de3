// Repeats a usage query until it is answered: a range that has never been read is folded over several requests, each of which
// continues where the last one stopped.
import * as v from 'valibot';
import {
  type ApiClient,
  type ApiReply,
  backoffMs,
  ConnectionFailure,
  isRetryable,
  type Problem,
  problemOf,
  problemText,
} from './api-client.ts';
import { CliFailure } from '../process/failure.ts';
import { foldedText } from '../process/progress.ts';

export interface RetryDeps {
  readonly send: ApiClient['send'];
  /** Total time for retries, milliseconds. */
  readonly patienceMs: number;
  readonly onFolded: (folded: number, ofDays: number) => void;
  /** Converts a refusal to the failure that is shown. */
  readonly toFailure?: (problem: Problem) => CliFailure;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly delay: (ms: number) => Promise<unknown>;
}

const FoldedSchema = v.object({ folded_days: v.number(), of_days: v.number() });
type Folded = v.InferOutput<typeof FoldedSchema>;

/** Consecutive attempts that may make no progress. */
const stalledAttempts = 4;
const shortestWaitMs = 100;

const foldedIn = (reply: ApiReply): Folded | undefined => {
  if (reply.status !== 503) return undefined;
  const parsed = v.safeParse(FoldedSchema, problemOf(reply).details);
  return parsed.success ? parsed.output : undefined;
};

const refused = (problem: Problem): CliFailure => new CliFailure(problemText(problem));

const tooSlow = (patienceMs: number, { folded_days: folded, of_days: ofDays }: Folded): CliFailure =>
  new CliFailure(
    `Folding was not finished after ${String(patienceMs / 1_000)} s: ${foldedText(folded, ofDays)}. What was folded is kept: run it again to continue, or pass a longer --retry-for.`,
  );

/** Creates a call that retries, and throws CliFailure if it does not succeed in the end. */
export const createRetryingCall = (deps: RetryDeps) => {
  const { send, patienceMs, onFolded, toFailure = refused, now, delay } = deps;

  return async (path: string, body: unknown): Promise<unknown> => {
    const until = now() + patienceMs;
    const text = JSON.stringify(body);
    let folded: Folded | undefined;
    let stalled = 0;
    /** Waits before a retry; throws if there is no time left or retrying is pointless. */
    const wait = async (failure: CliFailure, waitMs: number): Promise<void> => {
      if (stalled >= stalledAttempts) throw failure;
      if (now() + waitMs > until) throw folded && stalled === 0 ? tooSlow(patienceMs, folded) : failure;
      await delay(waitMs);
    };

    for (;;) {
      const reply = await send('POST', path, text).catch((error: unknown) => {
        // A host that cannot be found and never answered is more likely a wrong address.
        if (error instanceof ConnectionFailure && (folded || !error.isAbsent)) return error;
        throw error;
      });
      if (reply instanceof ConnectionFailure) {
        stalled += 1;
        await wait(reply, backoffMs(stalled));
        continue;
      }
      if (reply.status < 300) return reply.body;
      const failure = toFailure(problemOf(reply));
      const progress = foldedIn(reply);
      if (progress) {
        folded = progress;
        stalled = 0;
        onFolded(progress.folded_days, progress.of_days);
        await wait(failure, Math.max((reply.retryAfterSeconds ?? 1) * 1_000, shortestWaitMs));
        continue;
      }
      if (!isRetryable(reply.status)) throw failure;
      stalled += 1;
      await wait(failure, backoffMs(stalled, reply.retryAfterSeconds));
    }
  };
};
