// The two requests that Tollgate makes to SQS. Errors become DependencyError here.
import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DependencyError, isLastingName } from '../dependency-error.ts';
import { toDependencyError } from './sqs-error.ts';

/** Approximate numbers of messages. */
export interface QueueDepth {
  readonly waiting: number;
  /** Received and not acknowledged. */
  readonly inFlight: number;
}

/** @internal */
export interface OutgoingMessage {
  /** Unique within the request. */
  readonly id: string;
  readonly text: string;
}

/** The client; everything throws DependencyError. */
export interface QueueClient {
  /** Sends at most 10 messages and 1 MiB. Returns the ids that SQS has confirmed; the others may be sent again. */
  readonly sendMessages: (messages: readonly OutgoingMessage[]) => Promise<ReadonlySet<string>>;
  readonly readDepth: () => Promise<QueueDepth>;
}

/** The address of SQS. `endpoint`: of an emulator, with the access key that it asks for, if any; else the SDK finds both by itself. */
export interface SqsConfig {
  /** Left out: the SDK finds it by itself. */
  readonly region?: string;
  readonly endpoint?: string | undefined;
  readonly accessKeyId?: string;
  readonly requestTimeoutMs?: number;
}

/** Creates the client, one per process: connections are kept alive. A request times out after 3 seconds and is retried up to twice. */
export const createSqsClient = ({
  region,
  endpoint = '',
  accessKeyId = 'local',
  requestTimeoutMs = 3_000,
}: SqsConfig): SQSClient =>
  new SQSClient({
    ...(region !== undefined && { region }),
    maxAttempts: 3,
    // An emulator may name its queues by a host that only it knows.
    useQueueUrlAsEndpoint: false,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
    ...(endpoint !== '' && { endpoint, credentials: { accessKeyId, secretAccessKey: 'local' } }),
  });

const waitingAttribute = 'ApproximateNumberOfMessages';
const inFlightAttribute = 'ApproximateNumberOfMessagesNotVisible';

export const createQueueClient = (client: SQSClient, QueueUrl: string): QueueClient => ({
  sendMessages: async (messages) => {
    const { Successful = [], Failed = [] } = await client
      .send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: messages.map(({ id, text }) => ({ Id: id, MessageBody: text })),
        }),
      )
      .catch((error: unknown) => {
        throw toDependencyError(error);
      });
    const fault = Failed.find(({ Code = '' }) => isLastingName(Code));
    if (fault && Successful.length === 0)
      throw new DependencyError('permanent', `SQS refused a message: ${fault.Code ?? ''}`);
    return new Set(Successful.flatMap(({ Id }) => Id ?? []));
  },

  readDepth: async () => {
    const { Attributes = {} } = await client
      .send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [waitingAttribute, inFlightAttribute] }))
      .catch((error: unknown) => {
        throw toDependencyError(error);
      });
    const numberOf = (attribute: typeof waitingAttribute | typeof inFlightAttribute): number => {
      const text = Attributes[attribute] ?? '';
      if (!/^\d+$/.test(text)) throw new DependencyError('transient', `SQS told no ${attribute}`);
      return Number(text);
    };
    return { waiting: numberOf(waitingAttribute), inFlight: numberOf(inFlightAttribute) };
  },
});

/** The settings of the queue in a function's environment. */
export interface QueueConfig {
  readonly AWS_REGION: string;
  readonly QUEUE_URL: string;
}

/** One per process. */
export const openQueue = ({ AWS_REGION: region, QUEUE_URL: queueUrl }: QueueConfig): QueueClient =>
  createQueueClient(createSqsClient({ region }), queueUrl);

/** The event queue and its dead-letter queue, over one client. */
export const openQueues = ({
  AWS_REGION: region,
  QUEUE_URL: queueUrl,
  DEAD_LETTER_QUEUE_URL: deadLetterUrl,
}: QueueConfig & { readonly DEAD_LETTER_QUEUE_URL: string }): {
  readonly queue: QueueClient;
  readonly deadLetters: QueueClient;
} => {
  const client = createSqsClient({ region });
  return { queue: createQueueClient(client, queueUrl), deadLetters: createQueueClient(client, deadLetterUrl) };
};
