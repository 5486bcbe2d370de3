// A walk through all operations of the API: what it sends, and is answered, are the examples of the description.
import type { RouteId } from '../../shared/api/http/routes.ts';
import type { JsonObject, JsonValue } from '../../shared/domain/json-text.ts';
import { isJsonObject } from './json-schema.ts';

export interface ExampleRequest {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: JsonObject;
}

/** Answers the body, null when it is empty; throws for what is not a success. */
export type Send = (id: RouteId, request: ExampleRequest) => Promise<JsonValue>;

export interface Example extends ExampleRequest {
  /** Where it was asked. */
  readonly answer?: JsonValue;
}

/** By operation. */
export type Examples = Readonly<Record<string, Example>>;

export interface Walk {
  /** Does what others need; it is no example. Answers the id of what it made. */
  readonly prepare: (id: RouteId, body: JsonObject, path?: ExampleRequest['path']) => Promise<string>;
  /** An example that can be asked again. */
  readonly show: (id: RouteId, request?: ExampleRequest) => Promise<JsonValue>;
  /** An example that cannot: it takes a name, or ends something. */
  readonly showOnce: (id: RouteId, request: ExampleRequest) => Promise<void>;
  readonly examples: () => Examples;
}

/** Of what was made; a new API key stands beside its secret. */
const idOf = (answer: JsonValue): string => {
  const { id = '', secret = null } = isJsonObject(answer) ? answer : {};
  return typeof id === 'string' && id !== '' ? id : secret === null ? '' : idOf(secret);
};

/** `isToEnd` false: what can be asked but once is left for others to ask. */
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
