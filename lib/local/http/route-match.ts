// Finds the route of a request as API Gateway does: first by path, where static segments take precedence over `{id}`, and `{id}`
// over `{id+}`; then by method.
import { noRouteText } from '../../../shared/api/http/outside.ts';
import type { ProblemCode } from '../../../shared/api/http/problem.ts';
import { allowedMethods, type Route, wrongMethodText } from '../../../shared/api/http/routes.ts';

export interface RouteMatch {
  readonly kind: 'route';
  readonly route: Route;
  /** Still percent-encoded, as API Gateway passes them. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

const toPattern = (path: string): RegExp =>
  new RegExp(
    `^${path.replaceAll('.', '\\.').replace(/\{(\w+)(\+?)\}/g, (_, name: string, greedy: string) => `(?<${name}>${greedy ? '.+' : '[^/]+'})`)}$`,
  );

/** Static paths before parameters, parameters before greedy ones; a longer static beginning first. */
const specificity = ({ path }: Route): number => (path.includes('+}') ? 0 : path.includes('{') ? 1 : 2);
const byPrecedence = (a: Route, b: Route): number =>
  specificity(b) - specificity(a) || b.path.indexOf('{') - a.path.indexOf('{');

/** A path that has routes, but none with the method. */
export interface WrongMethod {
  readonly kind: 'wrong_method';
  /** The path as the route table writes it. */
  readonly path: string;
}

/** Creates a matcher of raw paths, without the query; one slash at the end is ignored. */
export const createRouteMatcher = (
  routes: readonly Route[],
): ((method: string, path: string) => RouteMatch | WrongMethod | undefined) => {
  const candidates = routes.toSorted(byPrecedence).map((route) => ({ route, pattern: toPattern(route.path) }));
  return (method, sentPath) => {
    const path = sentPath.replace(/\/$/, '');
    const place = candidates.find(({ pattern }) => pattern.test(path));
    if (!place) return undefined;
    const found = candidates.find(({ route }) => route.path === place.route.path && route.method === method);
    return found
      ? { kind: 'route', route: found.route, pathParameters: { ...found.pattern.exec(path)?.groups } }
      : { kind: 'wrong_method', path: place.route.path };
  };
};

/** Returns the error for a request without a route. */
export const toRefusal = (
  method: string,
  path: string,
  wrong: WrongMethod | undefined,
): { readonly code: ProblemCode; readonly message: string; readonly headers: Readonly<Record<string, string>> } =>
  wrong === undefined
    ? { code: 'not_found', message: noRouteText(method, path), headers: {} }
    : {
        code: 'method_not_allowed',
        message: wrongMethodText(wrong.path),
        headers: { Allow: allowedMethods(wrong.path) },
      };
