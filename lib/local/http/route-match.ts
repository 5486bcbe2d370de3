// Which route a request goes to, as API Gateway decides it: first by its path, where static segments win over `{id}`, and `{id}`
// over `{id+}`; then by its method.
import { noRouteText } from '../../../shared/api/http/outside.ts';
import type { ProblemCode } from '../../../shared/api/http/problem.ts';
import { allowedMethods, type Route, wrongMethodText } from '../../../shared/api/http/routes.ts';

export interface RouteMatch {
  readonly kind: 'route';
  readonly route: Route;
  /** As API Gateway passes them: still percent-encoded. */
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

/** The path is that of routes, of which none has the method. */
export interface WrongMethod {
  readonly kind: 'wrong_method';
  /** As the route table writes it. */
  readonly path: string;
}

/** `path` is the raw path of the request, without the query; one slash at its end says nothing. */
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

/** What is answered where there is no such route. */
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
