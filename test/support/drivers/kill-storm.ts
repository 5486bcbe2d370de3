// Sends a file of events by `tollgate send` while the server is killed again and again, and counts what is there afterwards.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { freePort, type RunningTollgate, runTollgate, startTollgate } from './running-tollgate.ts';

export interface KillStormOptions {
  readonly events: number;
  readonly kills: number;
  /** Milliseconds a server lives before the next kill. */
  readonly lifetimeMs: () => number;
}

export interface KillStormResult {
  readonly accepted: number;
  readonly refused: number;
  /** Events in the list at the end, and different ones among them. */
  readonly listed: number;
  readonly distinct: number;
}

const SummarySchema = v.object({ accepted: v.number(), refused: v.number() });
const MonitoringSchema = v.object({
  total_count: v.number(),
  consumption_lag: v.number(),
  post_processing_lag: v.number(),
});

const monitoring = async ({ url, apiKey }: RunningTollgate) => {
  const response = await fetch(`${url}/v1/events/monitoring`, { headers: { 'x-api-key': apiKey } });
  const answer = v.parse(MonitoringSchema, await response.json());
  return { stored: answer.total_count, waiting: answer.consumption_lag + answer.post_processing_lag };
};

/** Looks again and again: another process does the work. */
const until = async (system: RunningTollgate, isEnough: (seen: { stored: number; waiting: number }) => boolean) => {
  while (!isEnough(await monitoring(system))) await delay(50);
};

const eventLine = (index: number): string =>
  JSON.stringify({ event_name: 'call', external_customer_id: `c${String(index % 7)}`, properties: { index } });

export const runKillStorm = async ({ events, kills, lifetimeMs }: KillStormOptions): Promise<KillStormResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'tollgate-kill-'));
  const port = String(await freePort());
  const start = () => startTollgate(['--port', port, '--data', folder, '--api-key', 'sk_test', '--no-demo']);
  const file = join(folder, 'events.ndjson');
  await writeFile(file, Array.from({ length: events }, (_, index) => `${eventLine(index)}\n`).join(''));

  let system = await start();
  try {
    const sending = runTollgate(['send', file, '--json', '--parallel', '1', ...system.connection]);
    await until(system, ({ stored, waiting }) => stored + waiting > 0);
    for (let kill = 0; kill < kills; kill += 1) {
      await delay(lifetimeMs());
      await system.end('SIGKILL');
      system = await start();
    }
    const { accepted, refused } = v.parse(SummarySchema, JSON.parse((await sending).stdout));
    await until(system, ({ waiting }) => waiting === 0);
    const { stdout } = await runTollgate(['events', 'list', '--json', '--limit', '1000000', ...system.connection]);
    const indexes = stdout.match(/(?<="index":)\d+/g) ?? [];
    return { accepted, refused, listed: indexes.length, distinct: new Set(indexes).size };
  } finally {
    await system.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
};
