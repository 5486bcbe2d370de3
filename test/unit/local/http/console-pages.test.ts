import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createConsolePages, type PageReply, type PageRequest } from '../../../../lib/local/http/console-pages.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tollgate-pages-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'not part of the build');
  for (const [name, content] of Object.entries({
    'index.html': '<!doctype html><title>Console</title>',
    'theme.js': 'theme()',
    'assets/app-B1c2D3e4.js': 'app()',
    'assets/app-B1c2D3e4.css': 'body {}',
    'assets/logo-B1c2D3e4.png': 'png',
  })) {
    await writeFile(join(folder, 'dist', name), content);
  }
});
afterAll(() => rm(folder, { recursive: true }));

const ask = async (path: string, fields: Partial<PageRequest> = {}, build = 'dist') => {
  const answer = createConsolePages(join(folder, build));
  const reply = await answer({ method: 'GET', path, accept: 'text/html,*/*', acceptEncoding: '', ...fields });
  return reply && { ...reply, body: Buffer.from(reply.body).toString() };
};
const onlyReply = (reply: PageReply | undefined): PageReply => {
  if (!reply) throw new Error('this is not for the console');
  return reply;
};
const typeOf = async (path: string) => (await ask(path))?.headers['Content-Type'];

describe('the pages of the console', () => {
  test.each(['/console/', '/console/events', '/console/events/a%2Fb', '/console/events/evt.1.json'])(
    '%s is the page',
    async (path) => {
      expect(await ask(path)).toMatchObject({
        status: 200,
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' },
        body: '<!doctype html><title>Console</title>',
      });
    },
  );

  test('the page may load its own files and nothing else', async () => {
    expect((await ask('/console/'))?.headers).toMatchObject({
      'Content-Security-Policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
    });
  });

  test('files whose names change with their content are kept, all others are asked for each time', async () => {
    const cacheOf = async (path: string) => (await ask(path))?.headers['Cache-Control'];
    expect(await cacheOf('/console/assets/app-B1c2D3e4.js')).toBe('public, max-age=31536000, immutable');
    expect(await cacheOf('/console/theme.js')).toBe('no-cache');
    expect(await cacheOf('/console/config.json')).toBe('no-cache');
    expect(await cacheOf('/console/assets/gone.js')).toBe('no-cache');
  });

  test('files have the type that a browser demands of them', async () => {
    expect(await typeOf('/console/assets/app-B1c2D3e4.js')).toBe('text/javascript; charset=utf-8');
    expect(await typeOf('/console/assets/app-B1c2D3e4.css')).toBe('text/css; charset=utf-8');
    expect(await typeOf('/console/assets/logo-B1c2D3e4.png')).toBe('image/png');
  });

  test('texts are compressed for a browser that asks for it', async () => {
    const answer = createConsolePages(join(folder, 'dist'));
    const request = {
      method: 'GET',
      path: '/console/assets/app-B1c2D3e4.js',
      accept: '*/*',
      acceptEncoding: 'br, gzip',
    };
    for (const time of ['the first', 'the second']) {
      const { headers, body } = onlyReply(await answer(request));
      expect([time, headers['Content-Encoding'], headers['Vary']]).toEqual([time, 'gzip', 'Accept-Encoding']);
      expect(gunzipSync(body).toString()).toBe('app()');
    }
    const image = await answer({ ...request, path: '/console/assets/logo-B1c2D3e4.png' });
    expect(image?.headers).not.toHaveProperty('Content-Encoding');
  });

  test('a file that was built again is read again', async () => {
    const answer = createConsolePages(join(folder, 'dist'));
    const theme = async () => {
      const reply = await answer({ method: 'GET', path: '/console/theme.js', accept: '*/*', acceptEncoding: '' });
      return Buffer.from(reply?.body ?? '').toString();
    };
    expect(await theme()).toBe('theme()');
    await writeFile(join(folder, 'dist', 'theme.js'), 'theme(2)');
    await utimes(join(folder, 'dist', 'theme.js'), 1, 1);
    expect(await theme()).toBe('theme(2)');
  });

  test('the console is told that the API is at the root of its server', async () => {
    expect(await ask('/console/config.json')).toMatchObject({ status: 200, body: '{"api_url":"/"}' });
  });

  test.each([
    '/console/assets/gone.js',
    '/console/assets/gone',
    '/console/assets/',
    '/console/gone.js',
    '/console/.env',
    '/console/assets/../../secret.txt',
    '/console/assets/..%2f..%2fsecret.txt',
    '/console/assets/%2e%2e/%2e%2e/secret.txt',
    '/console/assets//etc/passwd',
    '/console/assets/..\\..\\secret.txt',
  ])('%s is no file', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, body: 'There is no such file.\n' });
  });
});

describe('the way to the console', () => {
  test('a browser is led to it from the root, and a client of the API is not', async () => {
    expect(await ask('/')).toMatchObject({ status: 302, headers: { Location: '/console/' } });
    expect(await ask('/', { accept: '*/*' })).toBeUndefined();
    expect(await ask('/', { accept: '' })).toBeUndefined();
  });

  test('a missing slash is added, and the reference of the API has a short address', async () => {
    expect(await ask('/console')).toMatchObject({ status: 302, headers: { Location: '/console/' } });
    expect(await ask('/docs')).toMatchObject({ status: 302, headers: { Location: '/console/api' } });
  });

  test.each(['/v1/events', '/consoles', '/health', '/console2/'])('%s is for the API', async (path) => {
    expect(await ask(path)).toBeUndefined();
  });

  test('only reading leads to it', async () => {
    expect(await ask('/console/', { method: 'HEAD' })).toMatchObject({ status: 200 });
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect(await ask('/console/', { method })).toBeUndefined();
  });

  test('without a build, a page says which command makes it', async () => {
    const page = await ask('/console/events', {}, 'nowhere');
    expect(page).toMatchObject({ status: 503, body: expect.stringContaining('npm run build:console') });
    expect(await ask('/console/assets/app.js', {}, 'nowhere')).toMatchObject({ status: 404 });
  });
});
