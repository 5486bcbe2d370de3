// The driver of a scenario: its access to a running Tollgate. The same scenarios run on the handlers in this process, on a started
// system over HTTP, and on a deployed stack.
import { parseJson } from '../../../shared/domain/json-text.ts';
import type { MetricSums } from './metric-lines.ts';

export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON that came; the text as it is where it is none; undefined for an empty body. */
  readonly body: unknown;
}

export interface RequestOptions {
  /** Another key than the driver's own; null: none at all. */
  readonly apiKey?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Driver {
  /** `path` is sent as it is, percent-encoding included. A string or bytes as `body` are sent as they are, all else as JSON. */
  readonly request: (method: string, path: string, body?: unknown, options?: RequestOptions) => Promise<Answer>;
  /** Until everything that was accepted is processed. */
  readonly drain: () => Promise<void>;
  /** Returns the sums of the metrics of all functions so far. */
  readonly metrics: () => Promise<MetricSums>;
  /** The system's clock, UTC milliseconds. */
  readonly now: () => number;
  /** Lets time pass: at once where the clock can be set. */
  readonly passTime: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

export type OpenDriver = () => Promise<Driver>;

/** The bytes of a request's body; undefined: none. */
export const toBytes = (body: unknown): Uint8Array | undefined => {
  if (body === undefined || body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};

export const toAnswer = (status: number, headers: Iterable<readonly [string, string]>, text: string): Answer => {
  const read = (): unknown => {
    try {
      return text === '' ? undefined : parseJson(text);
    } catch {
      return text;
    }
  };
  return {
    status,
    headers: Object.fromEntries(Array.from(headers, ([name, value]) => [name.toLowerCase(), value])),
    body: read(),
  };
};
