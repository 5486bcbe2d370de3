// Tollgate over HTTP: a system started in this process on a free port, or any deployment by its URL.
import { Agent, request as startRequest } from 'node:http';
import { request as startSecureRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { startSystem } from '../../../lib/local/system.ts';
import { type Answer, type Driver, type OpenDriver, toAnswer, toBytes } from './driver.ts';
import { createMetricSums } from './metric-lines.ts';
import { checkAnswer } from './response-check.ts';

interface Deployment {
  readonly url: string;
  readonly apiKey: string;
}

interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
}

/** The path goes out as it is: `fetch` would tidy it up. */
const send = (base: URL, agent: Agent, { method, target, headers, body }: Sent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const isSecure = base.protocol === 'https:';
    const start = isSecure ? startSecureRequest : startRequest;
    const path = base.pathname.replace(/\/$/, '') + target;
    const length = { 'content-length': String(body?.length ?? 0) };
    const request = start(
      base,
      { method, path, headers: { ...length, ...headers }, ...(!isSecure && { agent }) },
      (response) => {
        const pairs = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        text(response)
          .then((answered) => {
            resolve(toAnswer(response.statusCode ?? 0, pairs, answered));
          })
          .catch(reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });

const LagSchema = v.object({ consumption_lag: v.number(), post_processing_lag: v.number() });
const patienceMs = 20_000;

export const openHttpDriver = (
  { url, apiKey: ownKey }: Deployment,
  { metrics, close }: Pick<Driver, 'metrics' | 'close'>,
): Driver => {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const request: Driver['request'] = async (method, target, body, { apiKey = ownKey, headers = {} } = {}) => {
    const answer = await send(new URL(url), agent, {
      method,
      target,
      headers: {
        'content-type': 'application/json',
        ...(apiKey !== null && { 'x-api-key': apiKey }),
        ...headers,
      },
      body: toBytes(body),
    });
    return checkAnswer(method, target, body, answer);
  };
  return {
    request,
    drain: async () => {
      const deadline = Date.now() + patienceMs;
      while (Date.now() < deadline) {
        const lag = v.parse(LagSchema, (await request('GET', '/v1/events/monitoring')).body);
        if (lag.consumption_lag + lag.post_processing_lag === 0) return;
        await delay(10);
      }
      throw new Error('the events were not processed in time');
    },
    metrics,
    now: Date.now,
    passTime: (ms) => delay(ms),
    close: () => {
      agent.destroy();
      return close();
    },
  };
};

/** The whole system of `tollgate start`, in memory. */
export const openStartedSystem: OpenDriver = async () => {
  const { write, sums } = createMetricSums();
  const { stop, ...system } = await startSystem({ port: 0, isDemo: false, write });
  return openHttpDriver(system, { metrics: () => Promise.resolve(sums()), close: stop });
};
