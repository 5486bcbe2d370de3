// Reads how much waits in the queues, if SQS answers soon enough: an unknown depth neither fails nor delays an answer.
import { DependencyError } from '../dependency-error.ts';
import type { OldestSentReader } from './oldest-message.ts';
import type { QueueClient, QueueDepth } from './sqs-client.ts';

export interface InFlight {
  readonly queue: QueueDepth;
  readonly deadLetters: QueueDepth;
  /** No message that waits was sent before this, UTC milliseconds; undefined: not known. */
  readonly oldestSentAt: number | undefined;
}

export interface InFlightDeps {
  readonly queue: Pick<QueueClient, 'readDepth'>;
  readonly deadLetters: Pick<QueueClient, 'readDepth'>;
  readonly readOldestSent: OldestSentReader;
  /** Receives the reason when it is not known. */
  readonly onUnknown: (cause: DependencyError) => void;
  /** How long to wait for SQS, and then for CloudWatch. */
  readonly patienceMs?: number;
}

export interface InFlightReaders {
  /** undefined: SQS did not answer in time. */
  readonly readInFlight: () => Promise<InFlight | undefined>;
  /** Reads the depth of the event queue alone. */
  readonly readQueueDepth: () => Promise<QueueDepth | undefined>;
}

/** Stops waiting after a while: the SDK may take three attempts of three seconds each. The request itself ends on its own. */
const inTime = async <T>(asked: Promise<T>, patienceMs: number): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new DependencyError('transient', 'no answer in time'));
  }, patienceMs);
  try {
    return await Promise.race([asked, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};

export const createInFlightReaders = (deps: InFlightDeps): InFlightReaders => {
  const { queue, deadLetters, readOldestSent, onUnknown, patienceMs = 1_500 } = deps;

  const told = async <T>(asked: Promise<T>): Promise<T | undefined> => {
    try {
      return await inTime(asked, patienceMs);
    } catch (error) {
      if (!(error instanceof DependencyError)) throw error;
      onUnknown(error);
      return undefined;
    }
  };

  return {
    readQueueDepth: () => told(queue.readDepth()),
    readInFlight: async () => {
      const depths = await told(Promise.all([queue.readDepth(), deadLetters.readDepth()]));
      if (depths === undefined) return undefined;
      const [ofQueue, ofDeadLetters] = depths;
      const isEmpty = ofQueue.waiting + ofQueue.inFlight === 0;
      return {
        queue: ofQueue,
        deadLetters: ofDeadLetters,
        oldestSentAt: isEmpty ? undefined : await told(readOldestSent()),
      };
    },
  };
};
