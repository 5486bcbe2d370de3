// Goes through the dead-letter queue. SQS shows a message only to who receives it, so what was seen is hidden from others
// meanwhile; whatever ends the look, everything is given back that was not deleted.
import type { DeadLetter, DeadLetterQueue, HeldLetter } from '../../shared/queue/dead-letters.ts';

export interface RoundsDeps {
  readonly queue: Pick<DeadLetterQueue, 'receive' | 'giveBack'>;
  readonly hiddenSeconds: number;
  /** Asked between two rounds: a receive that is broken off would leave its messages hidden. */
  readonly isStopped: () => boolean;
}

export interface Rounds {
  /** At most `limit` messages, each once; ends when there is nothing that was not seen before. */
  readonly letters: AsyncGenerator<readonly DeadLetter[], void>;
  /** These are deleted: there is nothing to give back. */
  readonly forget: (messageIds: Iterable<string>) => void;
}

const messagesPerSecond = 10;
const spareSeconds = 60;
/** Amazon SQS API, "ReceiveMessage": a message can be hidden for 12 hours. */
const longestSeconds = 43_200;

/** Long enough to look at so many messages over a slow line; who is killed leaves them hidden for that long. */
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
