// Serves the web console of the local system: the files of its build, its pages, and the addresses that lead to it.
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  cacheControl,
  consoleBase,
  consoleConfig,
  consolePage,
  consoleRedirects,
  contentSecurityPolicy,
  filePattern,
  hashedFolder,
} from '../../console-policy.ts';

/** @internal */
export interface PageRequest {
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  readonly accept: string;
  readonly acceptEncoding: string;
}

/** @internal */
export interface PageReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Answers a request for the console; undefined: it is for something else. */
export type AnswerPage = (request: PageRequest) => Promise<PageReply | undefined>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};
const isText = (type: string): boolean => !/^(image\/(?!svg)|font\/)/.test(type);

const safety = {
  'Content-Security-Policy': contentSecurityPolicy(),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
};

const reply = (status: number, type: string, body: string | Uint8Array, cache: string): PageReply => ({
  status,
  headers: { ...safety, 'Content-Type': type, 'Cache-Control': cache },
  body,
});
const plain = (status: number, text: string): PageReply =>
  reply(status, types['.txt'] ?? '', `${text}\n`, cacheControl.other);

const notBuilt = (): PageReply =>
  reply(
    503,
    types['.html'] ?? '',
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Tollgate</title><h1>The console is not built</h1>' +
      '<p>Run <code>npm run build:console</code> in the repository, then reload this page. <code>npm start</code> does it by itself.</p></html>\n',
    cacheControl.other,
  );

/** Names of files in the build: no segment begins with a dot, so none leads out of it. */
const fileName = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

interface BuiltFile {
  readonly changedAt: number;
  readonly content: Uint8Array;
  readonly zipped?: Uint8Array;
}

/** Creates what reads files of the build, and keeps them until they change; undefined: there is no such file. */
const createReader = (folder: string): ((name: string) => Promise<BuiltFile | undefined>) => {
  const kept = new Map<string, BuiltFile>();
  return async (name) => {
    if (!fileName.test(name)) return undefined;
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const known = kept.get(name);
    if (known?.changedAt === found.mtimeMs) return known;
    const content = await readFile(path);
    const isZippable = isText(types[extname(name)] ?? '');
    const file = {
      changedAt: found.mtimeMs,
      content,
      ...(isZippable && { zipped: await promisify(gzip)(content) }),
    };
    kept.set(name, file);
    return file;
  };
};

/** Creates what answers for the console. `folder`: its build, which may not exist yet. */
export const createConsolePages = (folder: string): AnswerPage => {
  const read = createReader(folder);
  const files = new RegExp(filePattern);

  const serve = async (path: string, { acceptEncoding }: PageRequest): Promise<PageReply | undefined> => {
    const name = path.slice(consoleBase.length);
    // The API is on the same server, whatever the page calls it: it may be reached through a tunnel.
    if (name === consoleConfig) return reply(200, types['.json'] ?? '', '{"api_url":"/"}', cacheControl.other);
    const file = await read(name);
    if (!file) return undefined;
    const zipped = /\bgzip\b/.test(acceptEncoding) ? file.zipped : undefined;
    const cache = path.startsWith(hashedFolder) ? cacheControl.hashed : cacheControl.other;
    const type = types[extname(name)] ?? 'application/octet-stream';
    const { headers, ...rest } = reply(200, type, zipped ?? file.content, cache);
    return {
      ...rest,
      headers: { ...headers, Vary: 'Accept-Encoding', ...(zipped && { 'Content-Encoding': 'gzip' }) },
    };
  };

  return async (request) => {
    const { method, path, accept } = request;
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    const location = consoleRedirects[path];
    // A client of the API that asks for the root is told that there is no such route.
    if (location !== undefined && (path !== '/' || accept.includes('text/html'))) {
      const { headers, ...rest } = plain(302, location);
      return { ...rest, headers: { ...headers, Location: location } };
    }
    if (!path.startsWith(consoleBase)) return undefined;
    if (files.test(path)) return (await serve(path, request)) ?? plain(404, 'There is no such file.');
    return (await serve(consolePage, request)) ?? notBuilt();
  };
};
