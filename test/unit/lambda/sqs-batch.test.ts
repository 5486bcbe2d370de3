import { describe, expect, test } from '@jest/globals';
import type { Context, SQSRecord } from 'aws-lambda';
import { lambdaContext } from '../../../lib/local/http/lambda-context.ts';
import type { Batch } from '../../../shared/domain/events/batch.ts';
import { createSqsHandler, type SqsBatchDeps } from '../../../shared/lambda/sqs-batch.ts';
import { createLogger } from '../../../shared/telemetry/logger.ts';
import { createMetrics } from '../../../shared/telemetry/metrics.ts';
import { aScope, someInstant } from '../../support/builders/builders.ts';

const aRecord = (messageId: string, body: string): SQSRecord => ({
  messageId,
  body,
  receiptHandle: '',
  attributes: {
    ApproximateReceiveCount: '2',
    SentTimestamp: '0',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn',
  awsRegion: 'local',
});

/** The body is the batch id; `bad` is none. */
const readMessage = (text: string): Batch => {
  if (text === 'bad') throw new Error('unreadable');
  return { id: text, scope: aScope, receivedAt: someInstant, events: [] };
};

const run = async (
  bodies: readonly string[],
  processBatches: SqsBatchDeps['processBatches'],
  context: Context = lambdaContext('processor', 60_000),
) => {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const handler = createSqsHandler({
    readMessage,
    processBatches,
    logger: createLogger({ level: 'info', write, now: () => 0 }),
    metrics: createMetrics({ namespace: 'Tollgate', write, now: () => 0 }),
  });
  const records = bodies.map((body, index) => aRecord(`message-${String(index)}`, body));
  const { batchItemFailures } = await handler({ Records: records }, context);
  return {
    failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    entries: lines.map((line): unknown => JSON.parse(line)),
  };
};

const failing = (...ids: readonly string[]) => ({
  failures: new Map(ids.map((id) => [id, new Error(`${id} failed`)])),
});

describe('partial batch responses', () => {
  test('no record is returned when nothing failed', async () => {
    const seen: string[] = [];
    const { failed, entries } = await run(['a', 'b'], (batches) => {
      seen.push(...batches.map(({ id }) => id));
      return Promise.resolve(failing());
    });
    expect({ seen, failed, entries }).toEqual({ seen: ['a', 'b'], failed: [], entries: [] });
  });

  test('a failed batch and an unreadable message go back, the others do not', async () => {
    const { failed, entries } = await run(['a', 'bad', 'b', 'c'], () => Promise.resolve(failing('b')));
    expect(failed).toEqual(['message-1', 'message-2']);
    expect(entries).toMatchObject([
      { level: 'error', message_id: 'message-1', receive_count: 2, error: { message: 'unreadable' } },
      { level: 'error', message_id: 'message-2', batch_id: 'b', error: { message: 'b failed' } },
      { failed_batches: 2 },
    ]);
  });

  test('both messages of a batch that was delivered twice are returned when it fails', async () => {
    expect((await run(['a', 'a', 'b'], () => Promise.resolve(failing('a')))).failed).toEqual([
      'message-0',
      'message-1',
    ]);
  });

  test('every record is returned when the processor throws', async () => {
    expect((await run(['a', 'b'], () => Promise.reject(new Error('broken')))).failed).toEqual([
      'message-0',
      'message-1',
    ]);
  });

  test('time is up for a batch five seconds before the deadline', async () => {
    const left: number[] = [];
    for (const remaining of [5_001, 4_999]) {
      const context = { ...lambdaContext('processor', 60_000), getRemainingTimeInMillis: () => remaining };
      await run(
        ['a'],
        (_, timeLeft) => {
          left.push(timeLeft());
          return Promise.resolve(failing());
        },
        context,
      );
    }
    expect(left).toEqual([1, -1]);
  });
});
