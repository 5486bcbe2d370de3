// Counts what a sample of traffic consumes, with a clock that passes as fast as the requests come: so what is read again every
// minute is counted as often as it happens.
import * as v from 'valibot';
import { formatInstant } from '../../shared/domain/time/instant.ts';
import { type Consumption, openSampleSystem, type SampleSystem } from './sample-system.ts';
import { eventsOf, type WorkloadName } from '../support/builders/workloads.ts';

export interface SampleTraffic {
  readonly workload: WorkloadName;
  readonly eventsPerRequest: number;
  readonly customersPerRequest: number;
  /** Messages of one invocation of the processor. */
  readonly messagesPerInvocation: number;
  /** Whether events can be followed live. */
  readonly live: 'on' | 'off';
  /** Milliseconds between two requests. */
  readonly spacingMs: number;
}

/** Everything but the metrics grows with the requests. */
export interface Sample extends Omit<Consumption, 'lines'> {
  readonly events: number;
  /** As CloudWatch counts the functions' own lines. */
  readonly logBytes: number;
  /** Series of custom metrics. */
  readonly metrics: number;
}

const startOfSample = Date.UTC(2026, 0, 15, 10);
const [fewestRequests, mostRequests] = [20, 400] as const;
/** Timestamps lie so long before their request. */
const delayMs = 500;
/** Amazon CloudWatch Logs API, "PutLogEvents": a line counts 26 bytes more than it has. */
const lineOverhead = 26;

const IdSchema = v.object({ id: v.string() });
const MetricSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({
    _aws: v.object({
      CloudWatchMetrics: v.array(
        v.object({
          Dimensions: v.array(v.array(v.string())),
          Metrics: v.array(v.object({ Name: v.string() })),
        }),
      ),
    }),
  }),
);

/** Names of the series in a metric line; none for any other line. */
const seriesOf = (line: string): string[] => {
  const parsed = v.safeParse(MetricSchema, line);
  if (!parsed.success) return [];
  const { _aws: aws, ...values } = parsed.output;
  return aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) =>
    Metrics.map(({ Name }) => JSON.stringify([Name, ...Dimensions.flat().map((dimension) => values[dimension])])),
  );
};

const customerOf = (index: number): string => `customer-${String(index)}`;

/** Every customer is billed for every event: the dearest case. */
const makeCatalog = async ({ make }: SampleSystem, workload: WorkloadName, customers: number): Promise<void> => {
  const idOf = async (path: string, body: unknown): Promise<string> => v.parse(IdSchema, await make(path, body)).id;
  const meter = await idOf('/v1/meters', {
    name: workload,
    event_name: eventsOf(workload, 1, 'uuid')[0]?.name,
    aggregation: { type: 'COUNT' },
    reset_usage: 'BILLING_PERIOD',
  });
  const plan = await idOf('/v1/plans', { name: 'Pay as you go' });
  const monthly = { currency: 'usd', billing_period: 'MONTHLY', start_date: '2026-01-01T00:00:00Z' };
  await make('/v1/prices', {
    ...monthly,
    entity_type: 'PLAN',
    entity_id: plan,
    type: 'USAGE',
    meter_id: meter,
    billing_model: 'FLAT_FEE',
    amount: '0.01',
    billing_period_count: 1,
    invoice_cadence: 'ARREAR',
  });
  for (let index = 0; index < customers; index += 1) {
    await make('/v1/customers', { external_id: customerOf(index), name: customerOf(index) });
    await make('/v1/subscriptions', { ...monthly, external_customer_id: customerOf(index), plan_id: plan });
  }
};

/** Counts a sample of about `eventsOfSample` events, in a bounded number of requests. The same in every run. */
export const countSample = async (traffic: SampleTraffic, eventsOfSample = 20_000): Promise<Sample> => {
  const { workload, eventsPerRequest, customersPerRequest, messagesPerInvocation, live, spacingMs } = traffic;
  let clock = startOfSample;
  const system = await openSampleSystem(() => Math.floor(clock), { messagesPerInvocation, live });
  let seed = 0;
  const sendRequest = async (): Promise<void> => {
    clock += spacingMs;
    const timestamp = formatInstant(Math.floor(clock) - delayMs);
    const events = eventsOf(workload, eventsPerRequest, 'uuid', (seed += 1)).map(({ id, name, properties }, index) => ({
      event_id: id,
      event_name: name,
      external_customer_id: customerOf(index % customersPerRequest),
      timestamp,
      properties,
    }));
    if (eventsPerRequest === 1) await system.send('/v1/events', events[0]);
    else await system.send('/v1/events/bulk', { events });
  };
  const sendRequests = async (count: number): Promise<void> => {
    for (let request = 0; request < count; request += 1) await sendRequest();
  };

  await makeCatalog(system, workload, customersPerRequest);
  // The first invocation fills what is remembered. Then whole invocations, so that the counts are those of the long run.
  await sendRequests(messagesPerInvocation);
  system.takeConsumption();
  const wished = Math.min(Math.max(Math.floor(eventsOfSample / eventsPerRequest), fewestRequests), mostRequests);
  await sendRequests(Math.ceil(wished / messagesPerInvocation) * messagesPerInvocation);
  const { lines, ...consumption } = system.takeConsumption();
  return {
    ...consumption,
    events: consumption.requests * eventsPerRequest,
    logBytes: lines.reduce((sum, line) => sum + Buffer.byteLength(line) + lineOverhead, 0),
    metrics: new Set(lines.flatMap(seriesOf)).size,
  };
};
