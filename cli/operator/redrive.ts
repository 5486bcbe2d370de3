// Moves dead letters back to the event queue, by receiving and sending instead of StartMessageMoveTask: so it can choose messages,
// and it works on every emulator of SQS.
import { DependencyError } from '../../shared/dependency-error.ts';
import { maxBatchAgeMs } from '../../shared/domain/events/retention.ts';
import type { DeadLetter, DeadLetterQueue } from '../../shared/queue/dead-letters.ts';
import { groupIntoRequests } from '../../shared/queue/packing.ts';
import type { QueueClient } from '../../shared/queue/sqs-client.ts';
import { type RoundsDeps, startRounds } from './dead-letter-rounds.ts';

export interface RedriveDeps extends RoundsDeps {
  readonly queue: DeadLetterQueue;
  /** Sends to the event queue. */
  readonly sendMessages: QueueClient['sendMessages'];
  /** UTC milliseconds. */
  readonly now: () => number;
  readonly onProgress: (moved: number) => void;
}

export interface RedriveRequest {
  /** Message ids and batch ids to move; undefined: all. */
  readonly ids: ReadonlySet<string> | undefined;
  readonly max: number;
}

interface RedriveFailure {
  readonly messageId: string;
  readonly reason: string;
}

export interface RedriveSummary {
  readonly moved: number;
  /** Messages that are still in the dead-letter queue. */
  readonly failures: readonly RedriveFailure[];
  /** Ids of moved batches that the processor will set aside again because they are too old. */
  readonly tooOld: readonly string[];
  /** Number of messages left in the queue because they arrived after the redrive began. */
  readonly later: number;
  /** Requested ids that were not found; empty if the redrive stopped early. */
  readonly notFound: readonly string[];
  /** The error that stopped it, if any. */
  readonly stoppedBy?: DependencyError;
}

/** Consecutive rounds that may bring only messages that arrived after the redrive began; the queue has no order. */
const maxLateRounds = 5;

const namesOf = ({ messageId, batch }: DeadLetter): readonly string[] =>
  batch === undefined ? [messageId] : [messageId, batch.id];

/**
 * Moves the messages that were in the queue when it began. A message that fails again comes back with a later sending time and
 * is left, so this ends. Idempotent: claims make a redelivery change nothing.
 */
export const redrive = async (deps: RedriveDeps, { ids, max }: RedriveRequest): Promise<RedriveSummary> => {
  const { queue, sendMessages, isStopped, now, onProgress } = deps;
  const startedAt = now();
  const missing = new Set(ids);
  const failures: RedriveFailure[] = [];
  const tooOld: string[] = [];
  let [moved, later, lateRounds] = [0, 0, 0];
  const rounds = startRounds(deps);

  /** Deletes messages only after sending them: a crash in between leaves a copy, which is as harmless as any redelivery. */
  const move = async (letters: readonly DeadLetter[]): Promise<void> => {
    const sent = await sendMessages(letters.map(({ text }, index) => ({ id: String(index), text })));
    const confirmed = letters.filter((_, index) => sent.has(String(index)));
    const removed = confirmed.length === 0 ? new Set<string>() : await queue.remove(confirmed);
    rounds.forget(removed);
    for (const letter of letters) {
      const { messageId, batch } = letter;
      if (removed.has(messageId)) moved += 1;
      else {
        const reason = confirmed.includes(letter)
          ? 'sent, but not deleted: it is in both queues now'
          : 'rejected by SQS';
        failures.push({ messageId, reason });
      }
      if (confirmed.includes(letter) && batch && batch.receivedAt < startedAt - maxBatchAgeMs) tooOld.push(batch.id);
    }
    onProgress(moved);
  };

  const isWanted = (letter: DeadLetter): boolean => !ids || namesOf(letter).some((name) => ids.has(name));
  const moveRound = async (letters: readonly DeadLetter[]): Promise<void> => {
    const present = letters.filter(({ sentAt }) => sentAt <= startedAt);
    later += letters.length - present.length;
    lateRounds = present.length === 0 ? lateRounds + 1 : 0;
    const wanted = present.filter(isWanted).slice(0, max - moved - failures.length);
    for (const name of wanted.flatMap(namesOf)) missing.delete(name);
    const sized = wanted.map((letter) => ({ letter, bytes: Buffer.byteLength(letter.text) }));
    // Unreadable messages are moved too: the deployed processor may be newer than this program.
    for (const request of groupIntoRequests(sized)) {
      if (request.length > 0) await move(request.map(({ letter }) => letter));
    }
  };
  const isDone = (): boolean => moved + failures.length >= max || (ids !== undefined && missing.size === 0);
  /** Returns whether every message was looked at. */
  const moveAll = async (): Promise<boolean> => {
    for await (const letters of rounds.letters) {
      await moveRound(letters);
      if (isDone()) return false;
      if (lateRounds === maxLateRounds) return true;
    }
    return !isStopped();
  };
  const summary = (isWhole: boolean): RedriveSummary => ({
    moved,
    failures,
    tooOld,
    later,
    notFound: isWhole ? [...missing] : [],
  });

  try {
    return summary(await moveAll());
  } catch (error) {
    if (!(error instanceof DependencyError)) throw error;
    return { ...summary(false), stoppedBy: error };
  }
};
