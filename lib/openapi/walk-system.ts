// Runs the walk against a running system.
import { setTimeout as delay } from 'node:timers/promises';
import { routes } from '../../shared/api/http/routes.ts';
import { isJsonObject, parseJson } from '../../shared/domain/json-text.ts';
import { msPerDay } from '../../shared/domain/time/instant.ts';
import { walkAll } from './walk-all.ts';
import type { Examples, Send } from './walk.ts';

export interface Target {
  /** Without a slash at its end. */
  readonly url: string;
  readonly apiKey: string;
}

const createSend =
  ({ url, apiKey }: Target): Send =>
  async (id, { path = {}, query = {}, body }) => {
    const { method, path: template } = routes[id];
    const filled = template.replace(/\{(\w+)\+?\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
    const asked = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const response = await fetch(`${url}${filled}?${asked.toString()}`, {
      method,
      headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${id}: ${text}`);
    return text === '' ? null : parseJson(text);
  };

/** Resolves once the last event is processed. */
const drain = async (send: Send): Promise<void> => {
  for (;;) {
    const found = await send('lookUpEvent', { query: { id: 'call-3' } }).catch(() => null);
    if (isJsonObject(found) && found['status'] === 'processed') return;
    await delay(50);
  }
};

export const walkSystem = (target: Target, isToEnd: boolean): Promise<Examples> => {
  const send = createSend(target);
  const startDate = new Date(Date.now() - 7 * msPerDay).toISOString();
  return walkAll({ send, drain: () => drain(send), startDate, isToEnd });
};
