// The real handlers, called with the events of API Gateway and SQS, over the in-memory table, each under the grants of its
// role; the clock stands still unless a test lets time pass.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { monotonicFactory } from 'ulid';
import { createHandler as createCatalogHandler } from '../../../functions/catalog/handler.ts';
import { bootstrapApiKey } from '../../../functions/catalog/access/new-api-key.ts';
import { createHandler as createIngestHandler } from '../../../functions/ingest/handler.ts';
import { createHandler as createProcessorHandler } from '../../../functions/processor/handler.ts';
import { createHandler as createQueryHandler, type QueryOverrides } from '../../../functions/query/handler.ts';
import { lambdaContext } from '../../../lib/local/http/lambda-context.ts';
import { toProxyEvent } from '../../../lib/local/http/proxy-event.ts';
import { createRouteMatcher, toRefusal } from '../../../lib/local/http/route-match.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { openApiFile } from '../../../lib/openapi-file.ts';
import { toProblemBody } from '../../../shared/api/http/problem.ts';
import { routes } from '../../../shared/api/http/routes.ts';
import { type FunctionName, readConfig, type SharedEnvironment } from '../../../shared/config.ts';
import type { QueueClient } from '../../../shared/queue/sqs-client.ts';
import { createApiKeyStore } from '../../../shared/store/access/api-keys.ts';
import { createDirectoryStore } from '../../../shared/store/customers/directory.ts';
import { createPointerStore } from '../../../shared/store/customers/pointers.ts';
import { createScopeStore } from '../../../shared/store/catalog/scopes.ts';
import { tableAccess } from '../../../shared/store/table/table-access.ts';
import { aScope, someInstant } from '../builders/builders.ts';
import { type Driver, toAnswer, toBytes } from './driver.ts';
import { guardTable } from './guarded-table.ts';
import { createMemoryQueue, type MemoryQueue } from './memory-queue.ts';
import { createMemoryTable, type MemoryTable } from './memory-table.ts';
import { createMetricSums } from './metric-lines.ts';
import { checkAnswer } from './response-check.ts';

const secret = 'sk_in_process';
const timeoutMs = 29_000;

export interface InProcessOptions {
  /** How much a query of usage may fold. */
  readonly startBudget?: QueryOverrides['startBudget'];
  readonly deadLetters?: Pick<QueueClient, 'readDepth'>;
  /** Reads the depth of the event queue for the query function. */
  readonly queueDepth?: Pick<QueueClient, 'readDepth'>;
  /** Days that events are kept; forever unless told otherwise. */
  readonly retentionDays?: number;
  /** Whether events can be followed live; on unless told otherwise. */
  readonly live?: 'on' | 'off';
  /** To look at what is stored. */
  readonly table?: MemoryTable;
  /** To look at what is sent. */
  readonly watchQueue?: (queue: MemoryQueue) => MemoryQueue;
}

export const openInProcessDriver = async (options: InProcessOptions = {}): Promise<Driver> => {
  let clock = someInstant;
  const now = (): number => clock;
  const { table = createMemoryTable(), watchQueue = (queue: MemoryQueue) => queue } = options;
  const queue = watchQueue(createMemoryQueue(now));
  const { write, sums } = createMetricSums();
  const environment = {
    AWS_REGION: 'local',
    TABLE_NAME: 'tollgate',
    QUEUE_URL: 'http://127.0.0.1/none',
    DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1/none-dlq',
    OPENAPI_FILE: openApiFile,
    LIVE: options.live ?? 'on',
    STAGE: 'local',
    VERSION: packageJson.version,
  } satisfies SharedEnvironment;
  const kept = { ...environment, RETENTION_DAYS: String(options.retentionDays ?? 0) };
  const wired = (name: FunctionName) => ({ table: guardTable(table, tableAccess[name]), now, write });
  const functions = {
    ingest: createIngestHandler(readConfig('ingest', kept), { ...wired('ingest'), queue }),
    query: createQueryHandler(readConfig('query', kept), {
      ...wired('query'),
      queues: { queue: options.queueDepth ?? queue, deadLetters: options.deadLetters ?? createMemoryQueue(now) },
      ...(options.startBudget && { startBudget: options.startBudget }),
    }),
    catalog: createCatalogHandler(readConfig('catalog', environment), wired('catalog')),
  };
  const process = createProcessorHandler(readConfig('processor', kept), wired('processor'));
  const findRoute = createRouteMatcher(Object.values(routes));
  const newUlid = monotonicFactory();

  await bootstrapApiKey(
    {
      apiKeys: createApiKeyStore(table),
      pointers: createPointerStore(table),
      directory: createDirectoryStore(table),
      scopes: createScopeStore(table),
      newUlid,
      now,
    },
    { secret, scope: aScope, name: 'tests', roles: ['super_admin'] },
  );

  return {
    request: async (method, target, body, { apiKey = secret, headers = {} } = {}) => {
      const [path = '', query = ''] = target.split(/\?(.*)/s);
      const match = findRoute(method, path);
      if (match?.kind !== 'route') {
        const { code, message, headers: own } = toRefusal(method, path, match);
        const problem = toProblemBody(code, message);
        const refusal = toAnswer(problem.http_status_code, Object.entries(own), JSON.stringify(problem));
        return checkAnswer(method, target, body, refusal);
      }
      const request = new IncomingMessage(new Socket());
      const sent = { ...(apiKey !== null && { 'x-api-key': apiKey }), ...headers };
      request.rawHeaders.push(...Object.entries(sent).flat());
      const bytes = Buffer.from(toBytes(body) ?? []);
      const event = toProxyEvent({ request, path, query, match, body: bytes, requestId: newUlid(), receivedAt: now() });
      const name = match.route.function;
      const result = await functions[name](event, lambdaContext(name, timeoutMs));
      const pairs = Object.entries({ ...result.headers }).map(([header, value]) => [header, String(value)] as const);
      return checkAnswer(method, target, body, toAnswer(result.statusCode, pairs, result.body));
    },
    drain: () => queue.drain(async (event) => process(event, lambdaContext('processor', timeoutMs))),
    metrics: () => Promise.resolve(sums()),
    now,
    passTime: (ms) => {
      clock += ms;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
};
