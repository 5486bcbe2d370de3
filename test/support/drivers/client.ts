// A client of a driver for tests: what should succeed throws when it does not, and names never meet those of other tests.
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { formatInstant } from '../../../shared/domain/time/instant.ts';
import type { Driver, RequestOptions } from './driver.ts';

export interface Client {
  readonly driver: Driver;
  /** Answers the body of a success; throws with the answer otherwise. */
  readonly call: (method: string, path: string, body?: unknown, options?: RequestOptions) => Promise<unknown>;
  /** UTC milliseconds before the system's clock as RFC 3339 text. */
  readonly ago: (ms: number) => string;
}

/** The same client whose clock stands still, for tests whose times have to be the same wherever they are said. */
export const atOneInstant = ({ driver, ...client }: Client): Client => {
  const now = driver.now();
  return { ...client, driver, ago: (ms) => formatInstant(now - ms) };
};

export const createClient = (driver: Driver): Client => ({
  driver,
  call: async (method, path, body, options) => {
    const answer = await driver.request(method, path, body, options);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer.body;
  },
  ago: (ms) => formatInstant(driver.now() - ms),
});

/** A name that no other test uses, on a system that many tests share. */
export const unique = (name: string): string => `${name}-${randomUUID().slice(0, 8)}`;

const ObjectSchema = v.record(v.string(), v.unknown());
/** A JSON object, to look at single fields of it. */
export const objectOf = (body: unknown): Readonly<Record<string, unknown>> => v.parse(ObjectSchema, body);

const IdSchema = v.object({ id: v.string() });
export const idOf = (body: unknown): string => v.parse(IdSchema, body).id;

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
