// Creates the pipeline from ingest to storage: the event queue, its dead-letter queue, and the functions at both ends.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/** Below 5 minutes: readers assume that no write lands later than that after its invocation read the clock. */
export const processorTimeout = Duration.seconds(30);
const maxReceiveCount = 8;
/** Messages per invocation: those of one second together, so that single events share feed items. Bulk messages can make it 25,000 events. */
const batchSize = 25;
const batchingWindow = Duration.seconds(1);

export interface Queues {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
}

export const createQueues = (scope: Construct, { isProtected }: Stage): Queues => {
  const common = {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    removalPolicy: isProtected ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
  };
  const deadLetterQueue = new Queue(scope, 'DeadLetterQueue', { ...common, retentionPeriod: Duration.days(14) });
  const queue = new Queue(scope, 'Queue', {
    ...common,
    retentionPeriod: Duration.days(4),
    visibilityTimeout: Duration.seconds(6 * processorTimeout.toSeconds()),
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount },
  });
  Validations.of(deadLetterQueue).acknowledge({ id: 'Serverless-SQSRedrivePolicy', reason: 'it is the last one' });
  return { queue, deadLetterQueue };
};

export const feedProcessor = (processor: LambdaFunction, { queue }: Queues, { processorConcurrency }: Stage): void => {
  processor.addEventSource(
    new SqsEventSource(queue, {
      batchSize,
      maxBatchingWindow: batchingWindow,
      reportBatchItemFailures: true,
      maxConcurrency: processorConcurrency,
    }),
  );
  Validations.of(processor).acknowledge({
    id: 'Serverless-LambdaEventSourceMappingDestination',
    reason: 'a queue has its own redrive policy instead',
  });
};

export const grantSending = (sender: LambdaFunction, { queue }: Queues): void => {
  sender.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
};

/** Allows a function to read how many messages wait, and for how long. */
export const grantCounting = (reader: LambdaFunction, { queue, deadLetterQueue }: Queues): void => {
  reader.addToRolePolicy(
    new PolicyStatement({
      actions: ['sqs:GetQueueAttributes'],
      resources: [queue.queueArn, deadLetterQueue.queueArn],
    }),
  );
  // CloudWatch does not support a narrower resource.
  reader.addToRolePolicy(new PolicyStatement({ actions: ['cloudwatch:GetMetricStatistics'], resources: ['*'] }));
};
