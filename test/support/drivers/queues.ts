// The queues that tests run on, over HTTP: the embedded one, and fauxqs, an SQS emulator by others.
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { startEmbeddedQueue } from '../../../lib/local/queue/embedded-queue.ts';

export interface RunningQueue {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly stop: () => Promise<unknown>;
}

export const clientFor = ({ endpoint, accessKeyId }: Pick<RunningQueue, 'endpoint' | 'accessKeyId'>): SQSClient =>
  new SQSClient({
    region: 'local',
    endpoint,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey: 'local' },
  });

const startFauxqs = async (): Promise<RunningQueue> => {
  const app = buildApp({ logger: false });
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  const accessKeyId = 'local';
  const client = clientFor({ endpoint, accessKeyId });
  const { QueueUrl: deadLetterQueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: 'dead' }));
  const redrive = { deadLetterTargetArn: 'arn:aws:sqs:local:000000000000:dead', maxReceiveCount: 8 };
  const { QueueUrl: queueUrl = '' } = await client.send(
    new CreateQueueCommand({
      QueueName: 'main',
      Attributes: { VisibilityTimeout: '0', RedrivePolicy: JSON.stringify(redrive) },
    }),
  );
  client.destroy();
  return { endpoint, accessKeyId, queueUrl, deadLetterQueueUrl, stop: () => app.close() };
};

/** Starts a queue without a visibility timeout: a message that was received is visible again at once. */
export const startQueue: Readonly<Record<'embedded' | 'fauxqs', () => Promise<RunningQueue>>> = {
  embedded: () => startEmbeddedQueue({ visibilityTimeoutMs: 0 }),
  fauxqs: startFauxqs,
};
