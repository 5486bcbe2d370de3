// Measures the CPU of ingest, as multiples of JSON.parse of the same body: in turns, so that a noisy machine affects all alike.
import { createHandler } from '../../functions/ingest/handler.ts';
import { lambdaContext } from '../../lib/local/http/lambda-context.ts';
import { BulkSchema } from '../../shared/api/events/events.ts';
import { parseBody } from '../../shared/api/http/parse-request.ts';
import { readConfig } from '../../shared/config.ts';
import { hashSecret } from '../../shared/domain/api-key.ts';
import { formatInstant } from '../../shared/domain/time/instant.ts';
import { createApiKeyStore } from '../../shared/store/access/api-keys.ts';
import { anApiKey } from '../support/builders/builders.ts';
import { aProxyEvent } from '../support/drivers/proxy-event.ts';
import { createMemoryTable } from '../support/drivers/memory-table.ts';
import { eventsOf, type WorkloadName, workloadNames } from '../support/builders/workloads.ts';

export interface IngestCpuRow {
  readonly workload: string;
  /** Microseconds of CPU per event, medians; JSON.parse of the body is the measure of the others. */
  readonly jsonParse: number;
  readonly parseAndValidate: number;
  readonly ingest: number;
}

export interface IngestRequestsRow {
  readonly workload: WorkloadName;
  readonly bodyBytesPerEvent: number;
  readonly messages: number;
  readonly messageBytes: number;
  /** SQS bills each started 64 KB of a request. */
  readonly billedRequests: number;
}

const eventsPerRequest = 1000;
const billingUnitBytes = 64 * 1024;
const secret = 'sk_bench';
const rounds = 60;
const warmUpRounds = 20;

/** A bulk request as a client sends it; with long numbers, each event also has an id of 64 bits as a number. */
const bulkBody = (workload: WorkloadName, hasLongNumbers = false): string => {
  const events = eventsOf(workload, eventsPerRequest, 'uuid').map((event, index) => ({
    event_id: event.id,
    event_name: event.name,
    external_customer_id: event.externalCustomerId,
    timestamp: formatInstant(event.timestamp),
    source: 'api-gateway',
    properties: {
      ...event.properties,
      ...(hasLongNumbers && { user_id: JSON.rawJSON(String(1_234_567_890_123_456_789n + BigInt(index))) }),
    },
  }));
  return JSON.stringify({ events });
};

/** The real handler; the queue confirms everything and keeps the text. */
const openIngest = async () => {
  const table = createMemoryTable();
  await createApiKeyStore(table).create(hashSecret(secret), anApiKey());
  const sent: string[][] = [];
  const config = readConfig('ingest', { AWS_REGION: 'local', TABLE_NAME: 'events', QUEUE_URL: 'http://127.0.0.1/q' });
  const handler = createHandler(config, {
    table,
    write: () => undefined,
    queue: {
      sendMessages: (messages) => {
        sent.push(messages.map(({ text }) => text));
        return Promise.resolve(new Set(messages.map(({ id }) => id)));
      },
    },
  });
  const bulk = { resource: '/v1/events/bulk', path: '/v1/events/bulk', headers: { 'x-api-key': secret } };
  const post = async (body: string): Promise<void> => {
    const { statusCode } = await handler(aProxyEvent({ ...bulk, body }), lambdaContext('ingest', 29_000));
    if (statusCode !== 202) throw new Error(`ingest answered ${String(statusCode)}`);
  };
  return { post, sent };
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** The parts are measured in turns, so that noise hits all alike. */
export const ingestCpu = async (): Promise<IngestCpuRow[]> => {
  const { post } = await openIngest();
  const rows: IngestCpuRow[] = [];
  const bodies = [
    ...workloadNames.map((workload) => ({ workload, body: bulkBody(workload) })),
    { workload: 'llm calls with ids of 64 bits', body: bulkBody('llm calls', true) },
  ];
  for (const { workload, body } of bodies) {
    const parts = {
      jsonParse: (): unknown => JSON.parse(body),
      parseAndValidate: (): unknown => parseBody(BulkSchema, body),
      ingest: (): unknown => post(body),
    };
    const measure = async (run: () => unknown): Promise<number> => {
      const before = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / eventsPerRequest;
    };
    const times: { [Part in keyof typeof parts]: number[] } = { jsonParse: [], parseAndValidate: [], ingest: [] };
    for (let round = 0; round < warmUpRounds + rounds; round += 1) {
      const row = {
        jsonParse: await measure(parts.jsonParse),
        parseAndValidate: await measure(parts.parseAndValidate),
        ingest: await measure(parts.ingest),
      };
      if (round < warmUpRounds) continue;
      times.jsonParse.push(row.jsonParse);
      times.parseAndValidate.push(row.parseAndValidate);
      times.ingest.push(row.ingest);
    }
    rows.push({
      workload,
      jsonParse: median(times.jsonParse),
      parseAndValidate: median(times.parseAndValidate),
      ingest: median(times.ingest),
    });
  }
  return rows;
};

/** Counted: what one bulk request of 1000 events sends. */
export const ingestRequests = async (): Promise<IngestRequestsRow[]> => {
  const rows: IngestRequestsRow[] = [];
  for (const workload of workloadNames) {
    const { post, sent } = await openIngest();
    const body = bulkBody(workload);
    await post(body);
    const requestBytes = sent.map((texts) => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0));
    rows.push({
      workload,
      bodyBytesPerEvent: Buffer.byteLength(body) / eventsPerRequest,
      messages: sent.flat().length,
      messageBytes: requestBytes.reduce((sum, bytes) => sum + bytes, 0),
      billedRequests: requestBytes.reduce((sum, bytes) => sum + Math.ceil(bytes / billingUnitBytes), 0),
    });
  }
  return rows;
};
