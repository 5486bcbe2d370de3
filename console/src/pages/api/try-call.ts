// What is filled in to try an operation, as a call of the API.
import { type RouteId, routes } from '../../../../shared/api/http/routes.ts';
import type { JsonObject } from '../../../../shared/domain/json-text.ts';
import type { Call } from '../../api/call.ts';
import { readObject } from '../parts/exact-json.ts';
import type { Operation } from './api-document.ts';

const isRouteId = (id: string): id is RouteId => Object.hasOwn(routes, id);

/** Whether an operation changes something. */
export const changesSomething = ({ method, id }: Operation): boolean =>
  method !== 'GET' && !(isRouteId(id) && routes[id].function === 'query') && !id.startsWith('search');

export interface Filled {
  readonly values: Readonly<Record<string, string>>;
  readonly body: string;
}

export type TryCall = { readonly call: Call } | { readonly problem: string };

/** Returns the call, or what keeps it from being sent. */
export const tryCall = ({ id, parameters, body }: Operation, filled: Filled): TryCall => {
  if (!isRouteId(id)) return { problem: 'This console does not know the operation: load it again.' };
  const valuesIn = (place: string): Readonly<Record<string, string>> => {
    const names = parameters.filter((one) => one.in === place).map(({ name }) => name);
    return Object.fromEntries(names.flatMap((name) => (filled.values[name] ? [[name, filled.values[name]]] : [])));
  };
  const path = valuesIn('path');
  const missing = parameters.find(({ name, in: place }) => place === 'path' && path[name] === undefined);
  if (missing) return { problem: `${missing.name} is needed for the path.` };
  const read = body && filled.body.trim() !== '' ? readObject(filled.body) : undefined;
  if (read && 'problem' in read) return { problem: `The body ${read.problem}.` };
  const object: JsonObject | undefined = read?.object;
  return {
    call: {
      route: id,
      ...(Object.keys(path).length > 0 && { path }),
      query: valuesIn('query'),
      ...(object && { body: object }),
    },
  };
};
