// A walk through all operations of the API; its requests and answers become the examples of the description.
import type { RouteId } from '../../shared/api/http/routes.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/domain/json-text.ts';

interface ExampleRequest {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: JsonObject;
}

/** Sends a request and returns the body, null if it is empty; throws if the request does not succeed. */
export type Send = (id: RouteId, request: ExampleRequest) => Promise<JsonValue>;

export interface Example extends ExampleRequest {
  /** The answer, if the request was sent. */
  readonly answer?: JsonValue;
}

/** Examples by operation. */
export type Examples = Readonly<Record<string, Example>>;

export interface Walk {
  /** Creates something that other steps need, not shown as an example. Returns its id. */
  readonly prepare: (id: RouteId, body: JsonObject, path?: ExampleRequest['path']) => Promise<string>;
  /** Sends and records an example that can be repeated. */
  readonly show: (id: RouteId, request?: ExampleRequest) => Promise<JsonValue>;
  /** Records an example that cannot be repeated, because it takes a name or ends something. */
  readonly showOnce: (id: RouteId, request: ExampleRequest) => Promise<void>;
  readonly examples: () => Examples;
}

/** Returns the id in an answer; a new API key is nested next to its secret. */
const idOf = (answer: JsonValue): string => {
  const { id = '', secret = null } = isJsonObject(answer) ? answer : {};
  return typeof id === 'string' && id !== '' ? id : secret === null ? '' : idOf(secret);
};

/** Creates a walk. `isToEnd` false: requests that can be sent only once are recorded but not sent. */
export const createWalk = (send: Send, isToEnd: boolean): Walk => {
  const examples: Record<string, Example> = {};
  const show = async (id: RouteId, request: ExampleRequest = {}): Promise<JsonValue> => {
    const answer = await send(id, request);
    examples[id] = { ...request, answer };
    return answer;
  };
  return {
    prepare: async (id, body, path) => idOf(await send(id, { body, ...(path && { path }) })),
    show,
    showOnce: async (id, request) => {
      if (isToEnd) await show(id, request);
      else examples[id] = request;
    },
    examples: () => examples,
  };
};
