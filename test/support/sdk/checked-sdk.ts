// The official SDK as its users have it; every answer it gets is also checked against the description of the API.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Flexprice, HTTPClient } from '@flexprice/sdk';
import { routes } from '../../../shared/api/http/routes.ts';
import { toAnswer } from '../drivers/driver.ts';
import { checkAnswer, routeIdOf } from '../drivers/response-check.ts';

export interface CheckedSdk {
  readonly connect: (apiKey: string) => Flexprice;
  /** The ids of the routes whose answers were checked. */
  readonly answered: () => ReadonlySet<string>;
}

/** The ids of those routes that the SDK has a method for, as its own sources name them. */
export const routesOfSdk = (): string[] => {
  const folder = join(import.meta.dirname, '..', '..', '..', 'node_modules', '@flexprice', 'sdk', 'esm', 'funcs');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return sources.flatMap((name) => {
    const source = readFileSync(join(folder, name), 'utf8');
    const [, path = ''] = /pathToFunc\("([^"]+)"\)/.exec(source) ?? [];
    const [, method = ''] = /method: "(\w+)"/.exec(source) ?? [];
    const shape = (text: string): string => text.replaceAll(/\{\w+\+?\}/g, '{}');
    return Object.entries(routes)
      .filter(([, route]) => route.method === method && shape(route.path) === `/v1${shape(path)}`)
      .map(([id]) => id);
  });
};

/** `url`: of the system, without a slash at its end. */
export const checkedSdk = (url: string): CheckedSdk => {
  const answered = new Set<string>();
  const httpClient = new HTTPClient();
  httpClient.addHook('response', async (response, request) => {
    const answer = toAnswer(response.status, response.headers, await response.clone().text());
    const target = request.url.slice(url.length);
    checkAnswer(request.method, target, undefined, answer);
    const id = routeIdOf(request.method, target.split('?')[0] ?? '');
    if (id !== undefined && answer.status < 300) answered.add(id);
  });
  return {
    connect: (apiKey) => new Flexprice({ serverURL: `${url}/v1`, apiKeyAuth: apiKey, httpClient }),
    answered: () => answered,
  };
};

/** The SDK's own advice: the event is there some moments after it was accepted. */
export const processedEvent = async (sdk: Flexprice, id: string) => {
  for (const deadline = Date.now() + 10_000; ;) {
    const found = await sdk.events.getEvent(id).catch((error: unknown) => {
      if (Date.now() > deadline) throw error;
      return undefined;
    });
    if (found?.status && found.status !== 'processing') return found;
    await delay(20);
  }
};
