// Converts a request to the event that API Gateway's REST API passes to a Lambda function, and the function's result to an HTTP response.
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { RouteMatch } from './route-match.ts';

const group = (pairs: Iterable<readonly [string, string]>): Map<string, string[]> => {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return values;
};

const lastOf = (values: ReadonlyMap<string, readonly string[]>) =>
  Object.fromEntries(Array.from(values, ([name, all]) => [name, all.at(-1)]));

function* headerPairs(rawHeaders: readonly string[]): Generator<readonly [string, string]> {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    yield [rawHeaders[index] ?? '', rawHeaders[index + 1] ?? ''];
  }
}

export interface ProxyRequest {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly query: string;
  readonly match: RouteMatch;
  readonly body: Buffer;
  readonly requestId: string;
  /** UTC milliseconds. */
  readonly receivedAt: number;
}

export const toProxyEvent = (proxied: ProxyRequest): APIGatewayProxyEvent => {
  const { request, path, query, match, body, requestId, receivedAt } = proxied;
  const headers = group(headerPairs(request.rawHeaders));
  const parameters = group(new URLSearchParams(query));
  const { pathParameters, route } = match;
  const isText = isUtf8(body);
  return {
    resource: route.path,
    path,
    httpMethod: route.method,
    headers: lastOf(headers),
    multiValueHeaders: Object.fromEntries(headers),
    queryStringParameters: parameters.size > 0 ? lastOf(parameters) : null,
    multiValueQueryStringParameters: parameters.size > 0 ? Object.fromEntries(parameters) : null,
    pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : null,
    stageVariables: null,
    body: body.length === 0 ? null : body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      authorizer: null,
      protocol: 'HTTP/1.1',
      httpMethod: route.method,
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: request.socket.remoteAddress ?? '',
        user: null,
        userAgent: request.headers['user-agent'] ?? null,
        userArn: null,
      },
      path,
      stage: 'local',
      requestId,
      requestTimeEpoch: receivedAt,
      resourceId: route.path,
      resourcePath: route.path,
    },
  };
};
