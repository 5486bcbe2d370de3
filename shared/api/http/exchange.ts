// What one call of a route takes and answers, once the HTTP around it is gone.
import type { Caller } from './caller.ts';

export interface ApiRequest {
  readonly caller: Caller;
  /** Percent-decoded once. */
  readonly path: Readonly<Record<string, string>>;
  /** Every value of each name, in the order sent. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** "" when there is none. */
  readonly body: string;
  readonly requestId: string;
}

/** `body` is answered as JSON; left out: an empty response. `headers`: beside those of every answer. */
export interface ApiResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type RouteHandler = (request: ApiRequest) => Promise<ApiResponse>;
/** Of a route that anyone may call: nobody knows who does. */
export type PublicRouteHandler = (request: Omit<ApiRequest, 'caller'>) => Promise<ApiResponse>;
