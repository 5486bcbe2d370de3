// An SQS emulator inside this process: an event queue with its dead-letter queue, in memory or in a folder.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { guardRequests, newAccessKeyId } from '../table/emulator-door.ts';
import { openMessageStore, type MessageStore } from './message-store.ts';
import { portOf } from '../http/listening.ts';
import { createQueueProtocol, queuePath } from './queue-protocol.ts';

export const eventQueue = 'tollgate-events';
const deadLetterQueue = 'tollgate-events-dlq';
const maxReceiveCount = 8;

export interface EmbeddedQueue {
  readonly endpoint: string;
  /** Access key that requests must be signed with; all others are refused. */
  readonly accessKeyId: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly store: MessageStore;
  readonly stop: () => Promise<void>;
}

export interface EmbeddedQueueOptions {
  readonly folder?: string;
  /** Generated if omitted. */
  readonly accessKeyId?: string;
  readonly visibilityTimeoutMs?: number;
  readonly now?: () => number;
  /** Called with the number of messages that went to the dead-letter queue, where they stay until the next start. */
  readonly onGivenUp?: (messages: number) => void;
}

/** Starts the queue on a free port of 127.0.0.1. With a folder, a confirmed message survives a kill. */
export const startEmbeddedQueue = async (options: EmbeddedQueueOptions = {}): Promise<EmbeddedQueue> => {
  const { visibilityTimeoutMs = 60_000, now = Date.now, onGivenUp = () => undefined, folder } = options;
  const { accessKeyId = newAccessKeyId() } = options;
  const store = openMessageStore({
    ...(folder !== undefined && { folder }),
    now,
    onGivenUp,
    queues: new Map([
      [eventQueue, { visibilityTimeoutMs, redrive: { to: deadLetterQueue, maxReceiveCount } }],
      [deadLetterQueue, { visibilityTimeoutMs }],
    ]),
  });
  const answer = createQueueProtocol(store);
  const server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).replace('AmazonSQS.', '');
    text(request)
      .then((body) => {
        const reply = answer(operation, body);
        response.writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify(reply.body));
      })
      .catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
  });
  guardRequests(server, accessKeyId);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${String(portOf(server))}`;
  return {
    endpoint,
    accessKeyId,
    queueUrl: endpoint + queuePath(eventQueue),
    deadLetterQueueUrl: endpoint + queuePath(deadLetterQueue),
    store,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      store.close();
    },
  };
};
