// Which route a request goes to, as API Gateway decides it: static segments win over `{id}`, `{id}` over `{id+}`.
import type { Route } from '../../shared/api/routes.ts';

export interface RouteMatch {
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

/** `path` is the raw path of the request, without the query; one slash at its end says nothing. */
export const createRouteMatcher = (
  routes: readonly Route[],
): ((method: string, path: string) => RouteMatch | undefined) => {
  const candidates = routes.toSorted(byPrecedence).map((route) => ({ route, pattern: toPattern(route.path) }));
  return (method, sentPath) => {
    const path = sentPath.replace(/\/$/, '');
    for (const { route, pattern } of candidates) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match) return { route, pathParameters: { ...match.groups } };
    }
    return undefined;
  };
};
