// Serves the OpenAPI document to anyone. It is a file next to the code, not part of the bundle, because nothing else reads it.
import { parseJson } from '../../shared/domain/json-text.ts';
import type { PublicRouteHandler } from '../../shared/api/http/exchange.ts';
import type { PublicRouteId } from '../../shared/api/http/routes.ts';

/** Reads the document at the first request. */
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
