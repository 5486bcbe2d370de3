// The description of the API, for anyone who asks. It is a file beside the code: nothing else reads it, so it is not in the bundle.
import { parseJson } from '../../shared/domain/json-text.ts';
import type { PublicRouteHandler } from '../../shared/api/http/exchange.ts';
import type { PublicRouteId } from '../../shared/api/http/routes.ts';

/** Read at the first request. */
export const describeApi = (readOpenApi: () => Promise<string>) => {
  let document: unknown;
  return {
    getOpenApi: async () => ({
      status: 200,
      body: (document ??= parseJson(await readOpenApi())),
      headers: { 'Cache-Control': 'public, max-age=3600' },
    }),
  } satisfies Record<PublicRouteId, PublicRouteHandler>;
};
