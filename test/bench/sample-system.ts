// The real functions over a table that counts and a queue that is emptied as soon as an invocation's worth waits; everything
// they consume is added up.
import type { SQSRecord } from 'aws-lambda';
import { createHandler as createCatalogHandler } from '../../functions/catalog/handler.ts';
import { createHandler as createIngestHandler } from '../../functions/ingest/handler.ts';
import { createHandler as createProcessorHandler } from '../../functions/processor/handler.ts';
import { lambdaContext } from '../../lib/local/http/lambda-context.ts';
import { toSqsRecord } from '../../lib/local/queue/queue-poller.ts';
import { createRouteMatcher } from '../../lib/local/http/route-match.ts';
import { routes } from '../../shared/api/http/routes.ts';
import { readConfig } from '../../shared/config.ts';
import { hashSecret } from '../../shared/domain/api-key.ts';
import type { HttpHandler } from '../../shared/lambda/http-handler.ts';
import { createApiKeyStore } from '../../shared/store/access/api-keys.ts';
import { keyPrefixes } from '../../shared/store/table/keys.ts';
import { anApiKey } from '../support/builders/builders.ts';
import { createMemoryTable, type MemoryTable } from '../support/drivers/memory-table.ts';
import { aProxyEvent } from '../support/drivers/proxy-event.ts';
import { seededRandom } from '../support/builders/seeded-random.ts';
import { countReads } from './read-units.ts';
import { countWrites, itemBytes } from './write-units.ts';

export interface Consumption {
  /** Requests to ingest. */
  readonly requests: number;
  /** Invocations of the processor. */
  readonly invocations: number;
  /** Billed: 64 KB a request. */
  readonly sqsSends: number;
  readonly sqsReceives: number;
  readonly sqsDeletes: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly responseBytes: number;
  /** Bytes that DynamoDB keeps. */
  readonly storedBytes: number;
  /** Lines of the log. */
  readonly lines: readonly string[];
}

export interface SampleSystem {
  /** A request to ingest; throws when it is refused. */
  readonly send: (path: string, body: unknown) => Promise<void>;
  /** A request to the catalog, which is not added up; answers its body. */
  readonly make: (path: string, body: unknown) => Promise<unknown>;
  /** Since the last time. */
  readonly takeConsumption: () => Consumption;
}

const secret = 'sk_bench';
const billedBytes = 64 * 1024;
const messagesPerReceive = 10;
/** DynamoDB developer guide, "DynamoDB item sizes and formats": an item is kept with 100 bytes more. */
const itemOverhead = 100;

const billed = (bytes: number): number => Math.max(1, Math.ceil(bytes / billedBytes));
const bytesOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const inGroups = <T>(values: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));

/** Arrivals are kept for two days only. */
const keptBytes = ({ partitions }: MemoryTable): number =>
  [...partitions.values()]
    .flatMap((partition) => [...partition.values()])
    .filter(({ pk }) => !pk.startsWith(keyPrefixes.arrival))
    .reduce((sum, item) => sum + itemBytes(item) + itemOverhead, 0);

const findRoute = createRouteMatcher(Object.values(routes));

const post = async (handler: HttpHandler, path: string, body: unknown): Promise<string> => {
  const match = findRoute('POST', path);
  const resource = match?.kind === 'route' ? match.route.path : '';
  const request = aProxyEvent({ resource, path, headers: { 'x-api-key': secret }, body: JSON.stringify(body) });
  const answer = await handler(request, lambdaContext('ingest', 29_000));
  if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.body}`);
  return answer.body;
};

const nothing = { requests: 0, invocations: 0, sqsSends: 0, sqsReceives: 0, sqsDeletes: 0, responseBytes: 0 };

/** `now` in UTC milliseconds. */
export const openSampleSystem = async (
  now: () => number,
  { messagesPerInvocation, live }: { readonly messagesPerInvocation: number; readonly live: 'on' | 'off' },
): Promise<SampleSystem> => {
  const twin = createMemoryTable();
  await createApiKeyStore(twin).create(hashSecret(secret), anApiKey());
  const { table: counted, count: writes } = countWrites(twin, ({ pk, sk }) => twin.partitions.get(pk)?.get(sk));
  const { table, count: reads } = countReads(counted);
  const random = seededRandom(1);
  const newUlid = (): string => random.ulid(now());
  let totals = { ...nothing };
  let storedBytes = 0;
  let lines: string[] = [];
  let waiting: SQSRecord[] = [];

  const environment = { AWS_REGION: 'local', TABLE_NAME: 'sample', QUEUE_URL: 'http://127.0.0.1/none' };
  const wiring = { table, now, newUlid, write: (line: string) => lines.push(line) };
  const catalog = createCatalogHandler(readConfig('catalog', environment), wiring);
  const processor = createProcessorHandler(readConfig('processor', { ...environment, LIVE: live }), wiring);
  const toRecord = (body: string): SQSRecord => {
    const id = newUlid();
    return toSqsRecord('sample', { id, body, receipt: id, receiveCount: 1, sentAt: now(), firstReceivedAt: now() });
  };
  const ingest = createIngestHandler(readConfig('ingest', environment), {
    ...wiring,
    queue: {
      sendMessages: (messages) => {
        const texts = messages.map(({ text }) => text);
        totals.sqsSends += billed(bytesOf(texts));
        waiting.push(...texts.map(toRecord));
        return Promise.resolve(new Set(messages.map(({ id }) => id)));
      },
    },
  });

  const process = async (): Promise<void> => {
    for (const group of inGroups(waiting, messagesPerReceive)) {
      totals.sqsReceives += billed(bytesOf(group.map(({ body }) => body)));
      totals.sqsDeletes += 1;
    }
    totals.invocations += 1;
    const { batchItemFailures } = await processor({ Records: waiting }, lambdaContext('processor', 60_000));
    if (batchItemFailures.length > 0) throw new Error('the processor refused a batch of the sample');
    waiting = [];
  };

  return {
    send: async (path, body) => {
      totals.requests += 1;
      totals.responseBytes += Buffer.byteLength(await post(ingest, path, body));
      if (waiting.length >= messagesPerInvocation) await process();
    },
    make: async (path, body) => {
      const answer: unknown = JSON.parse(await post(catalog, path, body));
      return answer;
    },
    takeConsumption: () => {
      const kept = keptBytes(twin);
      const taken = {
        ...totals,
        writeUnits: writes.units,
        readUnits: reads.units,
        storedBytes: kept - storedBytes,
        lines,
      };
      totals = { ...nothing };
      writes.units = 0;
      reads.units = 0;
      storedBytes = kept;
      lines = [];
      return taken;
    },
  };
};
