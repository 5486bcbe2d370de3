// The HTTP server of the local system: does what API Gateway does in front of the functions, from the same route table.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { corsHeaders, jsonContentType } from '../../../shared/api/http/headers.ts';
import { toProblemBody, type ProblemCode, type ProblemDetails } from '../../../shared/api/http/problem.ts';
import { type HttpFunction, routes } from '../../../shared/api/http/routes.ts';
import type { AnswerPage } from './console-pages.ts';
import { lambdaContext } from './lambda-context.ts';
import { portOf } from './listening.ts';
import { toProxyEvent } from './proxy-event.ts';
import { readBody } from './request-body.ts';
import { createRouteMatcher, toRefusal } from './route-match.ts';

/** Lambda's limit; the functions themselves refuse bodies over 4 MB. */
const maxBodyBytes = 6 * 1024 * 1024;
/** API Gateway's limit. */
const timeoutMs = 29_000;
/** How long current requests may take when the system stops. */
const patienceMs = 1_500;

/** @internal */
export type HttpFunctionHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

export interface FrontDoorDeps {
  /** 0: any free port. */
  readonly port: number;
  readonly functions: Readonly<Record<HttpFunction, HttpFunctionHandler>>;
  /** Answers requests for the web console. */
  readonly answerPage: AnswerPage;
  /** The answer of `GET /health`. */
  readonly isReady: () => boolean;
  readonly newRequestId: () => string;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

export interface FrontDoor {
  readonly url: string;
  /** Answers the current requests and accepts no others. */
  readonly stop: () => Promise<void>;
}

type Headers = Readonly<Record<string, string>>;
interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Uint8Array;
}
interface TextReply extends Reply {
  readonly body: string;
}

/** Headers that every answer of the API has, and no page. */
const ofApi = (reply: Reply): Reply => ({ ...reply, headers: { ...corsHeaders, ...reply.headers } });

const json = { 'Content-Type': jsonContentType };

const problem = (
  code: ProblemCode,
  message: string,
  details: ProblemDetails = {},
  headers: Headers = {},
): TextReply => {
  const body = toProblemBody(code, message, details);
  return { status: body.http_status_code, headers: { ...json, ...headers }, body: JSON.stringify(body) };
};

/** Converts a result to a reply. Headers have one value each, since the API never repeats one. */
const toReply = ({ statusCode, headers = {}, body }: APIGatewayProxyResult): Reply => ({
  status: statusCode,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  body,
});

/** Answers a request that the HTTP parser refuses, or that arrives too slowly. */
const refuse = (socket: Duplex, requestId: string): void => {
  if (!socket.writable) return;
  const { headers, body } = problem(
    'validation_error',
    'The request is not valid HTTP, is too large, or arrived too slowly',
  );
  const lines = Object.entries({
    ...headers,
    ...corsHeaders,
    'X-Request-ID': requestId,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 400 Bad Request\r\n${lines.join('')}\r\n${body}`);
};

/** Starts listening, on 127.0.0.1 only. Rejects if the port is taken (`EADDRINUSE`). */
export const startFrontDoor = async (deps: FrontDoorDeps): Promise<FrontDoor> => {
  const findRoute = createRouteMatcher(Object.values(routes));

  const answer = async (request: IncomingMessage, requestId: string): Promise<Reply> => {
    const { method = '', url = '' } = request;
    const [path = '', query = ''] = url.split(/\?(.*)/s);
    if (method === 'OPTIONS') return { status: 200, headers: {}, body: '' };
    if (method === 'GET' && path === '/health') {
      return deps.isReady()
        ? { status: 200, headers: json, body: '{"status":"ok"}' }
        : problem('service_unavailable', 'Starting');
    }
    const match = findRoute(method, path);
    if (match?.kind !== 'route') {
      const { code, message, headers } = toRefusal(method, path, match);
      return problem(code, message, {}, headers);
    }
    const body = await readBody(request, maxBodyBytes);
    if (body === undefined) {
      return problem('validation_error', 'Invalid request payload', { body: 'must be at most 4 MB: split the batch' });
    }
    const event = toProxyEvent({ request, path, query, match, body, requestId, receivedAt: deps.now() });
    return toReply(await deps.functions[match.route.function](event, lambdaContext(match.route.function, timeoutMs)));
  };

  const answerAll = async (request: IncomingMessage, requestId: string): Promise<Reply> => {
    const { method = '', url = '', headers } = request;
    const { accept = '', 'accept-encoding': acceptEncoding = '' } = headers;
    const [path = ''] = url.split('?');
    const page = await deps.answerPage({ method, path, accept, acceptEncoding });
    return page ?? ofApi(await answer(request, requestId));
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = deps.newRequestId();
    let reply: Reply;
    try {
      reply = await answerAll(request, requestId);
    } catch (error) {
      if (request.errored) return;
      deps.onError(error);
      reply = ofApi(problem('internal_error', 'An unexpected error occurred'));
    }
    for (const [name, value] of Object.entries({ 'X-Request-ID': requestId, ...reply.headers })) {
      response.setHeader(name, value);
    }
    response.setHeader('Content-Length', Buffer.byteLength(reply.body));
    response.statusCode = reply.status;
    response.end(reply.body);
  };

  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 });
  server.on('request', (request, response) => {
    respond(request, response).catch((error: unknown) => {
      deps.onError(error);
      response.destroy();
    });
  });
  server.on('clientError', (_error, socket) => {
    refuse(socket, deps.newRequestId());
  });
  server.listen(deps.port, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${String(portOf(server))}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      const sweep = setInterval(() => {
        server.closeIdleConnections();
      }, 20);
      const cut = setTimeout(() => {
        server.closeAllConnections();
      }, patienceMs);
      await closed;
      clearInterval(sweep);
      clearTimeout(cut);
    },
  };
};
