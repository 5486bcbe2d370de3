// The API dies under an open event debugger and comes back: the stream says so, and goes on where it was.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { startTollgate } from '../support/drivers/running-tollgate.ts';
import { launchChromium } from './support/chromium.ts';
import { openConsole } from './support/console-page.ts';
import { rowsOn, seenOn, untilState } from './support/live-view.ts';
import { connectTo, storedIn } from './support/world.ts';

let browser: Browser | undefined;
let folder = '';
beforeAll(async () => {
  browser = await launchChromium();
  folder = await mkdtemp(join(tmpdir(), 'tollgate-live-'));
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const key = 'sk_live_restart_test_key_0001';

const send = async (url: string, name: string, count: number): Promise<void> => {
  const api = connectTo(url, key);
  const ids = Array.from({ length: count }, (_, index) => `${name}-${String(index)}`);
  const events = ids.map((event_id) => ({ event_id, event_name: 'api_call', external_customer_id: 'acme' }));
  await api.call('POST', '/events/bulk', { events });
  await storedIn(api, ids.slice(-1));
};

test('the stream goes on from its cursor, and nothing is missed or doubled', async () => {
  if (!browser) throw new Error('there is no browser');
  const start = (port: string) => startTollgate(['--port', port, '--data', folder, '--api-key', key, '--no-demo']);
  const first = await start('0');
  await send(first.url, 'before', 30);
  const { page, close } = await openConsole(
    browser,
    { url: first.url, keys: { admin: key, reader: key, empty: key } },
    '/live',
  );
  await untilState(page, 'LIVE');
  expect((await seenOn(page)).seen).toBe(30);

  await first.end('SIGTERM');
  await untilState(page, 'RECONNECTING');
  expect((await seenOn(page)).shown).toBe(30);
  const second = await start(new URL(first.url).port);
  try {
    await send(second.url, 'after', 40);
    await untilState(page, 'LIVE');
    for (const since = Date.now(); (await seenOn(page)).seen < 70 && Date.now() - since < 20_000;) await delay(100);
    await delay(1_500);
    expect(await seenOn(page)).toEqual({ shown: 70, seen: 70 });
    const rows = await rowsOn(page);
    expect(new Set(rows).size).toBe(rows.length);
  } finally {
    await close();
    await second.end('SIGTERM');
  }
}, 120_000);
