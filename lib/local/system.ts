// Runs the whole system in this process: the real handlers behind a front door and a poller, on an embedded table and queue.
import { monotonicFactory } from 'ulid';
import { createHandler as createCatalogHandler } from '../../functions/catalog/handler.ts';
import { createHandler as createIngestHandler } from '../../functions/ingest/handler.ts';
import { createHandler as createProcessorHandler } from '../../functions/processor/handler.ts';
import { createHandler as createQueryHandler } from '../../functions/query/handler.ts';
import { readConfig, type SharedEnvironment } from '../../shared/config.ts';
import { createQueueClient, createSqsClient } from '../../shared/queue/sqs-client.ts';
import { createApiKeyStore } from '../../shared/store/access/api-keys.ts';
import { createDirectoryStore } from '../../shared/store/customers/directory.ts';
import { createDocumentClient, createTable } from '../../shared/store/table/dynamodb-table.ts';
import { createPointerStore } from '../../shared/store/customers/pointers.ts';
import { createScopeStore } from '../../shared/store/catalog/scopes.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { createLogger, type WriteLine } from '../../shared/telemetry/logger.ts';
import { consoleFolder } from '../console-build.ts';
import { openApiFile } from '../openapi-file.ts';
import { makeFilesPrivate, openDataFolder } from './data-folder.ts';
import { type ApiCall, seedDemoCatalog } from './demo-catalog.ts';
import { eventQueue, startEmbeddedQueue } from './queue/embedded-queue.ts';
import { startEmbeddedTable } from './table/embedded-table.ts';
import { createConsolePages } from './http/console-pages.ts';
import { startFrontDoor } from './http/front-door.ts';
import { type LocalKey, openLocalKey } from './local-key.ts';
import { startQueuePoller } from './queue/queue-poller.ts';

export interface SystemOptions {
  /** Port on 127.0.0.1; 0: any free one. */
  readonly port: number;
  /** Folder of all data; in memory if omitted. */
  readonly dataFolder?: string;
  /** Secret of a super_admin key; generated if omitted. */
  readonly apiKey?: string;
  readonly isDemo: boolean;
  /** The build of the web console; that of this repository if omitted. */
  readonly consoleFolder?: string;
  /** Receives the log lines of the functions. */
  readonly write: WriteLine;
}

export interface System {
  readonly url: string;
  readonly apiKey: string;
  readonly keyOrigin: LocalKey['origin'];
  /** Whether this start created the demo catalog. */
  readonly isSeeded: boolean;
  /** Finishes the current requests and invocations, then closes everything. */
  readonly stop: () => Promise<void>;
}

const createApiCall =
  (url: string, apiKey: string): ApiCall =>
  async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  };

type Closer = () => Promise<void>;

const open = async (options: SystemOptions, closers: Closer[]): Promise<Omit<System, 'stop'>> => {
  const { port, dataFolder: folder, isDemo, write } = options;
  const logger = createLogger({ level: 'info', write, now: Date.now });
  const onError = (error: unknown) => {
    logger.error('failed', { error });
  };
  const onGivenUp = (messages: number) => {
    logger.error('messages failed too often and wait for the next start', { messages });
  };
  if (folder !== undefined) closers.push(makeFilesPrivate());
  const tableFolder = folder === undefined ? undefined : await openDataFolder(folder);
  const queue = await startEmbeddedQueue({ onGivenUp, ...(folder !== undefined && { folder }) });
  closers.push(queue.stop);
  const embedded = await startEmbeddedTable(tableFolder === undefined ? {} : { dataFolder: tableFolder });
  closers.push(embedded.stop);

  const environment = {
    AWS_REGION: 'local',
    QUEUE_URL: queue.queueUrl,
    DEAD_LETTER_QUEUE_URL: queue.deadLetterQueueUrl,
    TABLE_NAME: embedded.tableName,
    OPENAPI_FILE: openApiFile,
    LIVE: 'on',
    STAGE: 'local',
    VERSION: packageJson.version,
  } satisfies SharedEnvironment;
  const table = createTable({
    client: createDocumentClient({
      region: environment.AWS_REGION,
      endpoint: embedded.endpoint,
      accessKeyId: embedded.accessKeyId,
    }),
    tableName: embedded.tableName,
    partiql: false,
  });
  const sqs = createSqsClient({
    region: environment.AWS_REGION,
    endpoint: queue.endpoint,
    accessKeyId: queue.accessKeyId,
  });
  const queues = {
    queue: createQueueClient(sqs, queue.queueUrl),
    deadLetters: createQueueClient(sqs, queue.deadLetterQueueUrl),
  };
  const { secret: apiKey, origin: keyOrigin } = await openLocalKey(
    {
      apiKeys: createApiKeyStore(table),
      pointers: createPointerStore(table),
      directory: createDirectoryStore(table),
      scopes: createScopeStore(table),
      newUlid: monotonicFactory(),
      now: Date.now,
    },
    { folder, given: options.apiKey },
  );

  const poller = startQueuePoller({
    store: queue.store,
    queue: eventQueue,
    invoke: createProcessorHandler(readConfig('processor', environment), { table, write }),
    onError,
  });
  closers.push(poller.stop);
  let isReady = false;
  const frontDoor = await startFrontDoor({
    port,
    functions: {
      ingest: createIngestHandler(readConfig('ingest', environment), { table, queue: queues.queue, write }),
      query: createQueryHandler(readConfig('query', environment), { table, queues, write }),
      catalog: createCatalogHandler(readConfig('catalog', environment), { table, write }),
    },
    answerPage: createConsolePages(options.consoleFolder ?? consoleFolder),
    isReady: () => isReady,
    newRequestId: monotonicFactory(),
    now: Date.now,
    onError,
  });
  closers.push(frontDoor.stop);
  const isSeeded = isDemo && (await seedDemoCatalog(createApiCall(frontDoor.url, apiKey), Date.now()));
  isReady = true;
  return { url: frontDoor.url, apiKey, keyOrigin, isSeeded };
};

/** Starts the system; resolves once everything is up. If something fails, closes what was already started. */
export const startSystem = async (options: SystemOptions): Promise<System> => {
  const closers: Closer[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return { ...(await open(options, closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
