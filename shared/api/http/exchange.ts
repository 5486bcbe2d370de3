// Requests and responses of routes, independent of HTTP.
import type { Caller } from './caller.ts';

export interface ApiRequest {
  readonly caller: Caller;
  /** Percent-decoded once. */
  readonly path: Readonly<Record<string, string>>;
  /** Every value of each name, in the order sent. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** "" if there is none. */
  readonly body: string;
  readonly requestId: string;
}

/** A response; `body` is sent as JSON, or the response is empty without it. `headers`: in addition to the common ones. */
export interface ApiResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type RouteHandler = (request: ApiRequest) => Promise<ApiResponse>;
/** Handler of a route that needs no key, and so has no caller. */
export type PublicRouteHandler = (request: Omit<ApiRequest, 'caller'>) => Promise<ApiResponse>;
