// The event debugger for minutes at 200 events a second: what it counts is what was sent, and it stays as light as it began.
// TOLLGATE_LIVE_MINUTES is how long it runs.
import { expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { useConsole } from './support/console.ts';
import { causesOn, seenOn, untilState } from './support/live-view.ts';

const { open, system } = useConsole();

// eslint-disable-next-line no-restricted-properties -- a parameter of this test alone
const minutes = Number(process.env['TOLLGATE_LIVE_MINUTES'] ?? '2');
const perSecond = 200;
/** Parts of the run whose heaps are compared. */
const parts = 5;

const kinds = [
  { event_name: 'model.usage', external_customer_id: 'acme' },
  { event_name: 'model.usage', external_customer_id: 'nobody' },
  { event_name: 'no.meter', external_customer_id: 'acme' },
  { event_name: 'image.render', external_customer_id: 'acme' },
] as const;
const words = ['billed', 'no customer', 'no meter', 'no price'] as const;

const sendSecond = (second: number): Promise<unknown> => {
  const events = Array.from({ length: perSecond }, (_, index) => ({
    ...kinds[index % kinds.length],
    event_id: `run-${String(second)}-${String(index)}`,
    properties: { tokens: index, model: 'large' },
  }));
  return system().api.call('POST', '/events/bulk', { events });
};

const metric = async (session: CDPSession, name: string): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((one) => one.name === name)?.value ?? 0;
};

const heapBytes = async (session: CDPSession): Promise<number> => {
  await session.send('HeapProfiler.collectGarbage');
  return metric(session, 'JSHeapUsedSize');
};

/** Counts the frames of the page from now on. */
const countFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const frame = (): void => {
      document.body.dataset['frames'] = String(Number(document.body.dataset['frames'] ?? '0') + 1);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
const framesOf = async (page: Page): Promise<number> =>
  Number((await page.locator('body').getAttribute('data-frames')) ?? '0');

test(
  `it follows ${String(perSecond)} events a second for ${String(minutes)} minutes`,
  async () => {
    const { page } = await open('/live', { hasAxe: false });
    await untilState(page, 'LIVE');
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const before = { ...(await seenOn(page)), causes: await causesOn(page) };
    await countFrames(page);
    const scriptBefore = await metric(session, 'ScriptDuration');

    const seconds = Math.max(parts, Math.round(minutes * 60));
    const heaps: number[] = [];
    for (let second = 0; second < seconds; second += 1) {
      const start = Date.now();
      await sendSecond(second);
      if ((second + 1) % Math.floor(seconds / parts) === 0) {
        heaps.push(await heapBytes(session));
        expect(await page.locator('[data-row]').count()).toBeLessThanOrEqual(500);
      }
      await delay(Math.max(0, 1_000 - (Date.now() - start)));
    }
    const sent = seconds * perSecond;
    const start = Date.now();
    while ((await seenOn(page)).seen < before.seen + sent && Date.now() - start < 60_000) await delay(250);

    const frames = await framesOf(page);
    const scriptMs = ((await metric(session, 'ScriptDuration')) - scriptBefore) * 1_000;
    const [first = 0] = heaps;
    const last = await heapBytes(session);
    process.stderr.write(
      `live run: ${String(sent)} events in ${String(seconds)} s, ${(scriptMs / Math.max(1, frames)).toFixed(2)} ms of script ` +
        `a frame (${String(frames)} frames), heap ${(first / 2 ** 20).toFixed(1)} → ${(last / 2 ** 20).toFixed(1)} MiB\n`,
    );
    // Nothing is missed, and nothing is counted twice.
    await delay(2_000);
    expect(await seenOn(page)).toEqual({ shown: 500, seen: before.seen + sent });
    const causes = await causesOn(page);
    for (const word of words) {
      expect({ word, count: causes[word] }).toEqual({ word, count: (before.causes[word] ?? 0) + sent / kinds.length });
    }
    expect(last).toBeLessThanOrEqual(1.2 * first);
    await session.detach();
  },
  (minutes + 3) * 60_000,
);
