// A dead-letter queue in memory, and letters to put into it.
import { encodeTime } from 'ulid';
import type { DeadLetter, DeadLetterQueue } from '../../../shared/queue/dead-letters.ts';
import { readMessage, writeEntry, writeMessage } from '../../../shared/queue/event-message.ts';
import { anAcceptedEvent, aScope, someInstant } from '../builders/builders.ts';

/** The text of a batch of that number, which came at `receivedAt`. */
export const aMessageText = (number = 1, receivedAt = someInstant, events = [anAcceptedEvent()]): string => {
  const id = encodeTime(receivedAt, 10) + String(number).padStart(16, '0');
  const text = writeMessage({ id, scope: aScope, receivedAt }, events.map(writeEntry));
  if (text === undefined) throw new Error('the events do not fit into a message');
  return text;
};

export const aDeadLetter = (number = 1, fields: Partial<DeadLetter> = {}): DeadLetter => {
  const text = aMessageText(number);
  return {
    messageId: `message-${String(number)}`,
    receipt: `receipt-${String(number)}`,
    text,
    receiveCount: 9,
    sentAt: someInstant,
    batch: readMessage(text),
    ...fields,
  };
};

export interface MemoryLetters extends DeadLetterQueue {
  /** Message ids of what is there. */
  readonly present: () => readonly string[];
  readonly hidden: () => readonly string[];
  readonly add: (...letters: readonly DeadLetter[]) => void;
}

/** Gives `perRound` messages a receive, oldest first, and only what is not hidden. */
export const createMemoryLetters = (letters: readonly DeadLetter[], perRound = 10): MemoryLetters => {
  const stored = new Map(letters.map((letter) => [letter.messageId, letter]));
  const hidden = new Set<string>();
  return {
    present: () => [...stored.keys()],
    hidden: () => [...hidden],
    add: (...more) => {
      for (const letter of more) stored.set(letter.messageId, letter);
    },
    receive: (limit) => {
      const visible = [...stored.values()].filter(({ messageId }) => !hidden.has(messageId));
      const received = visible.slice(0, Math.min(limit, perRound));
      for (const { messageId } of received) hidden.add(messageId);
      return Promise.resolve(received);
    },
    giveBack: (held) => {
      for (const { messageId } of held) hidden.delete(messageId);
      return Promise.resolve();
    },
    remove: (held) => {
      for (const { messageId } of held) {
        stored.delete(messageId);
        hidden.delete(messageId);
      }
      return Promise.resolve(new Set(held.map(({ messageId }) => messageId)));
    },
  };
};
