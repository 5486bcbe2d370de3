// A call of the API as data: what the client sends is also what the page shows as curl, CLI and SDK.
import { type RouteId, routes } from '../../../shared/api/http/routes.ts';

export type QueryValue = string | number | boolean | undefined;

export interface Call<Id extends RouteId = RouteId> {
  readonly route: Id;
  /** Values of `{…}` in the path. */
  readonly path?: Readonly<Record<string, string>>;
  /** Query parameters; undefined and "" are left out. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Returns the path with its query, from `/v1` on. */
export const pathOf = ({ route, path = {}, query = {} }: Call): string => {
  const filled = routes[route].path.replace(/\{([^}+]+)\+?\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  );
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') texts[name] = String(value);
  const text = new URLSearchParams(texts).toString();
  return text === '' ? filled : `${filled}?${text}`;
};

/** Returns a body without the fields that are undefined. */
export const compact = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));
