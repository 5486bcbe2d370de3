// The event debugger: events appear as they are stored, and stand still for a reader; nothing is missed or shown twice.
import { describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { axeViolations } from './support/axe.ts';
import { switchTheme, themes, useConsole } from './support/console.ts';
import { causesOn, rowsOn, seenOn, stateOf, untilState } from './support/live-view.ts';
import { storedIn } from './support/world.ts';

const { open, system } = useConsole();

const isLiveCall = (url: URL): boolean => url.pathname === '/v1/events/live';

let numbered = 0;
/** Sends some events at once and returns their ids. */
const send = async (count: number, fields: Readonly<Record<string, unknown>> = {}): Promise<readonly string[]> => {
  const ids = Array.from({ length: count }, () => `live-${String(Date.now())}-${String((numbered += 1))}`);
  const event = { event_name: 'model.usage', external_customer_id: 'acme', properties: { tokens: 3 }, ...fields };
  const events = ids.map((event_id) => ({ ...event, event_id }));
  await system().api.call('POST', '/events/bulk', { events });
  return ids;
};

const untilRow = (page: Page, id: string): Promise<void> =>
  page.locator(`[data-row="${id}"]`).waitFor({ state: 'attached', timeout: 15_000 });

/** Resolves once something is so. */
const until = async (isSo: () => Promise<boolean>, ms = 20_000): Promise<void> => {
  const start = Date.now();
  while (!(await isSo())) {
    if (Date.now() - start > ms) throw new Error('it did not become so in time');
    await delay(50);
  }
};

const untilSeen = (page: Page, count: number): Promise<void> => until(async () => (await seenOn(page)).seen >= count);

/** Sends some events and resolves once all are seen. */
const sendAndSee = async (page: Page, count: number): Promise<void> => {
  const { seen } = await seenOn(page);
  await send(count);
  await untilSeen(page, seen + count);
};

/** Returns the milliseconds from when some events are stored until all of them are seen. */
const msUntilSeen = async (page: Page, count: number): Promise<number> => {
  const { seen } = await seenOn(page);
  const ids = await send(count);
  await storedIn(system().api, ids.slice(-1));
  const stored = Date.now();
  await untilSeen(page, seen + count);
  return Date.now() - stored;
};

const opened = async (path = '/live', options: Parameters<typeof open>[1] = {}) => {
  const one = await open(path, options);
  await untilState(one.page, 'LIVE');
  return one;
};

describe('what is stored appears', () => {
  test('within two seconds, just opened and busy', async () => {
    const { page } = await opened();
    expect(await msUntilSeen(page, 1)).toBeLessThan(2_000);
    for (let round = 0; round < 3; round += 1) expect(await msUntilSeen(page, 200)).toBeLessThan(2_000);
    expect(await page.title()).toBe('Live · Tollgate');
  });

  test('newest on top, with its verdict, and is counted by cause', async () => {
    const { page } = await opened();
    const before = await causesOn(page);
    const [unknown = ''] = await send(1, { external_customer_id: 'nobody' });
    await untilRow(page, unknown);
    const [unmetered = ''] = await send(1, { event_name: 'no.meter' });
    await untilRow(page, unmetered);
    expect((await rowsOn(page)).slice(0, 2)).toEqual([unmetered, unknown]);
    expect(await page.locator(`[data-row="${unknown}"]`).innerText()).toContain('not billed: no customer');
    const now = await causesOn(page);
    expect([now['no customer'], now['no meter'], now['all']]).toEqual([
      (before['no customer'] ?? 0) + 1,
      (before['no meter'] ?? 0) + 1,
      (before['all'] ?? 0) + 2,
    ]);
  });

  test('a count opens its filter; back removes it', async () => {
    const { page } = await opened();
    await sendAndSee(page, 3);
    const causes = page.getByRole('complementary', { name: 'Events by cause' });
    await causes.getByRole('link', { name: /no customer/ }).click();
    await untilState(page, 'LIVE');
    expect(new URL(page.url()).search).toBe('?verdict=customer&decided=arrival');
    const [id = ''] = await send(1, { external_customer_id: 'nobody' });
    const [other = ''] = await send(1);
    await untilRow(page, id);
    await storedIn(system().api, [other]);
    await delay(1_500);
    expect(await rowsOn(page)).not.toContain(other);
    await page.goBack();
    await untilRow(page, other);
    expect(new URL(page.url()).search).toBe('');
  });
});

describe('a reader is not disturbed', () => {
  test('opening a row pauses: rows stand still, new events are counted, and the stream goes on', async () => {
    const { page } = await opened();
    const [first = ''] = await send(1);
    await untilRow(page, first);
    await page.locator(`[data-row="${first}"]`).getByRole('link').click();
    await untilState(page, 'PAUSED');
    await page.getByRole('region', { name: 'The chosen event' }).getByText('Steps').waitFor();
    const rows = await rowsOn(page);
    await send(7);
    await page.getByRole('button', { name: /^7 new · jump to live/ }).waitFor();
    expect(await rowsOn(page)).toEqual(rows);
    expect(await page.title()).toBe('Live, paused · Tollgate');
    await page.getByRole('button', { name: /jump to live/ }).click();
    await untilState(page, 'LIVE');
    expect((await rowsOn(page))[7]).toBe(first);
    // The event is still open.
    expect(new URL(page.url()).searchParams.get('event')).toBe(first);
  });

  test('scrolling pauses', async () => {
    const { page } = await opened();
    await sendAndSee(page, 60);
    await page.locator('[data-row]').first().hover();
    await page.mouse.wheel(0, 300);
    await untilState(page, 'PAUSED');
  });

  test('everything works by keyboard', async () => {
    const { page } = await opened();
    await sendAndSee(page, 5);
    await page.keyboard.press('p');
    await untilState(page, 'PAUSED');
    await send(2);
    await page.getByRole('button', { name: /^2 new/ }).waitFor();
    await page.keyboard.press('L');
    await untilState(page, 'LIVE');
    await page.keyboard.press('j');
    await untilState(page, 'PAUSED');
    await page.keyboard.press('j');
    const second = (await rowsOn(page))[1] ?? '';
    expect(await page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row'))).toBe(
      second,
    );
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'The chosen event' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'The chosen event' }).waitFor({ state: 'detached' });
    await page.keyboard.press('L');
    await untilState(page, 'LIVE');
  });

  test('a summary is read every ten seconds, and never rows', async () => {
    const { page } = await opened();
    await delay(10_500);
    await send(3, { external_customer_id: 'nobody' });
    const spoken = page.locator('[aria-live=polite]', { hasText: /3 events: 3 no customer/ });
    await spoken.waitFor({ state: 'attached', timeout: 12_000 });
    expect(await page.locator('[aria-live] [data-row], [role=status] [data-row], [role=log]').count()).toBe(0);
  });
});

describe('when it is not live', () => {
  test('without an answer it says so, tries again, and goes on from its cursor: nothing is missed or doubled', async () => {
    const { page, guard } = await opened();
    guard.expect(/ERR_CONNECTION_REFUSED/);
    const before = await seenOn(page);
    await page.route(isLiveCall, (route) => route.abort('connectionrefused'));
    await untilState(page, 'RECONNECTING');
    await page.getByText(/^No answer from/).waitFor();
    const ids = await send(40);
    await storedIn(system().api, ids);
    await page.unroute(isLiveCall);
    await untilState(page, 'LIVE');
    await untilSeen(page, before.seen + 40);
    await delay(1_500);
    expect((await seenOn(page)).seen).toBe(before.seen + 40);
    const rows = await rowsOn(page);
    expect(new Set(rows).size).toBe(rows.length);
  });

  test('on a stage where live is off it reads the newest page, and says so', async () => {
    const { page, guard } = await open('/live', {
      prepare: async (page) => {
        await page.route(isLiveCall, (route) =>
          route.fulfill({
            status: 400,
            json: { code: 'invalid_operation', message: 'live is off', http_status_code: 400 },
          }),
        );
      },
    });
    guard.expect(/ 400 /);
    await page.getByText(/events are read again and again instead/).waitFor();
    await untilState(page, 'LIVE');
    const [id = ''] = await send(1, { timestamp: new Date().toISOString() });
    await untilRow(page, id);
  });

  test('an expired cursor is said plainly, with a link to the events of that time', async () => {
    let asked = 0;
    const { page } = await open('/live', {
      prepare: async (page) => {
        await page.route(isLiveCall, async (route) => {
          asked += 1;
          if (asked !== 2) return route.continue();
          const answer = await route.fetch();
          const body = v.parse(v.looseObject({}), await answer.json());
          return route.fulfill({ response: answer, json: { ...body, missed: true } });
        });
      },
    });
    await page.getByText(/may be missing here/).waitFor();
    await page.getByRole('link', { name: 'Open the events of that time' }).click();
    await page.waitForURL(/\/events\?range=/);
  });

  test('a refusal stops it, with the id of the request', async () => {
    const { page, guard } = await open('/live', {
      prepare: async (page) => {
        await page.route(isLiveCall, (route) =>
          route.fulfill({
            status: 403,
            headers: { 'X-Request-ID': 'request-7' },
            json: { code: 'permission_denied', message: 'Not with this key', http_status_code: 403 },
          }),
        );
      },
    });
    guard.expect(/ 403 /);
    await untilState(page, 'STOPPED');
    await page.getByText('request-7').waitFor();
    await page.unroute(isLiveCall);
    await page.getByRole('button', { name: 'Retry' }).click();
    await untilState(page, 'LIVE');
  });
});

describe.each(themes)('in the %s theme', (theme) => {
  test.each(['', 'paused'])('nothing is wrong for axe: %s', async (state) => {
    const { page } = await opened('/live', { theme });
    await sendAndSee(page, 30);
    if (state === 'paused') {
      await page.locator('[data-row]').first().getByRole('link').click();
      await page.getByRole('region', { name: 'The chosen event' }).getByText('Steps').waitFor();
      expect(await stateOf(page)).toBe('PAUSED');
    }
    await switchTheme(page, theme);
    expect(await axeViolations(page)).toEqual([]);
  });
});
