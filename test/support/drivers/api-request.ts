// Calls of route handlers without HTTP: what a test says, and the body that comes back as JSON.
import * as v from 'valibot';
import type { Caller } from '../../../shared/api/http/caller.ts';
import type { ApiRequest, RouteHandler } from '../../../shared/api/http/exchange.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';
import { aScope } from '../builders/builders.ts';

export const aCaller = (fields: Partial<Caller> = {}): Caller => ({
  keyId: 'secret_1',
  keyName: 'a key',
  scope: aScope,
  roles: ['super_admin'],
  ...fields,
});

interface Call extends Partial<Omit<ApiRequest, 'body'>> {
  readonly body?: unknown;
}

export const aRequest = ({ body, ...fields }: Call = {}): ApiRequest => ({
  caller: aCaller(),
  path: {},
  query: {},
  body: body === undefined ? '' : JSON.stringify(body),
  requestId: 'request-1',
  ...fields,
});

/** The answer as a client sees it: the body through JSON, or the code, message and details of a problem. */
export const call = async (handler: RouteHandler, request: Call = {}): Promise<unknown> => {
  try {
    const { status, body } = await handler(aRequest(request));
    const seen: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
    return { status, body: seen };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { code, message, details } = error;
    return { code, message, details };
  }
};

const IdSchema = v.object({ body: v.object({ id: v.string() }) });
export const idOf = (answer: unknown): string => v.parse(IdSchema, answer).body.id;

const ItemsSchema = v.object({ body: v.object({ items: v.array(v.object({ id: v.string() })) }) });
export const idsOf = (answer: unknown): string[] => v.parse(ItemsSchema, answer).body.items.map(({ id }) => id);

/** ULIDs in order, as a clock would make them. */
export const createUlids = (): (() => string) => {
  let count = 0;
  return () => {
    count += 1;
    return `01K7${String(count).padStart(22, '0')}`;
  };
};
