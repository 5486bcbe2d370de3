// Reads through the dead-letter queue. Receiving a message hides it from others, so every message that is not deleted is made
// visible again at the end, whatever ends the reading.
import type { DeadLetter, DeadLetterQueue, HeldLetter } from '../../shared/queue/dead-letters.ts';

export interface RoundsDeps {
  readonly queue: Pick<DeadLetterQueue, 'receive' | 'giveBack'>;
  readonly hiddenSeconds: number;
  /** Checked between rounds only: an aborted receive would leave its messages hidden. */
  readonly isStopped: () => boolean;
}

export interface Rounds {
  /** At most `limit` messages, each once; ends when a round brings no new ones. */
  readonly letters: AsyncGenerator<readonly DeadLetter[], void>;
  /** Marks messages as deleted, so that they are not made visible again. */
  readonly forget: (messageIds: Iterable<string>) => void;
}

const messagesPerSecond = 10;
const spareSeconds = 60;
/** Amazon SQS API, "ReceiveMessage": a message can be hidden for 12 hours. */
const longestSeconds = 43_200;

/** Returns how long to hide messages: long enough to read that many over a slow connection. A killed process leaves them hidden that long. */
export const hiddenSecondsFor = (messages: number): number =>
  Math.min(spareSeconds + Math.ceil(messages / messagesPerSecond), longestSeconds);

export const startRounds = ({ queue, hiddenSeconds, isStopped }: RoundsDeps, limit = Infinity): Rounds => {
  const held = new Map<string, HeldLetter>();
  const seen = new Set<string>();
  const receive = async function* (): AsyncGenerator<readonly DeadLetter[], void> {
    try {
      while (seen.size < limit && !isStopped()) {
        const letters = await queue.receive(limit - seen.size, hiddenSeconds);
        for (const { messageId, receipt } of letters) held.set(messageId, { messageId, receipt });
        const fresh = letters.filter(({ messageId }) => !seen.has(messageId));
        if (fresh.length === 0) return;
        for (const { messageId } of fresh) seen.add(messageId);
        yield fresh;
      }
    } finally {
      await queue.giveBack([...held.values()]);
    }
  };
  return {
    letters: receive(),
    forget: (messageIds) => {
      for (const messageId of messageIds) held.delete(messageId);
    },
  };
};
