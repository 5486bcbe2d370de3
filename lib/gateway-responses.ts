// Errors that API Gateway answers by itself, before or instead of a function: in the common error shape, with the common headers.
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { corsHeaders } from '../shared/api/http/headers.ts';
import { whereOutside } from '../shared/api/http/outside.ts';
import { problemStatus, toProblemBody, type ProblemCode, type ProblemDetails } from '../shared/api/http/problem.ts';

interface GatewayAnswer {
  readonly type: ResponseType;
  readonly code: ProblemCode;
  readonly message: string;
  readonly details?: ProblemDetails;
  readonly retryAfterSeconds?: number;
}

const isBusy = {
  code: 'service_unavailable',
  message: 'The service is temporarily unavailable, please retry',
} as const;

/** API Gateway, "Gateway response types". An unknown path counts as a missing authentication token there. */
const answers: readonly GatewayAnswer[] = [
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, code: 'not_found', message: `No route; ${whereOutside}` },
  { type: ResponseType.RESOURCE_NOT_FOUND, code: 'not_found', message: `No route; ${whereOutside}` },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    code: 'validation_error',
    message: 'Invalid request payload',
    details: { body: 'must be at most 4 MB: split the batch' },
  },
  // Only a request whose method has no route can fail on the type of its body: see `http-api.ts`.
  {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    code: 'method_not_allowed',
    message: 'This path does not accept the method',
  },
  { type: ResponseType.THROTTLED, code: 'too_many_requests', message: 'Rate limit exceeded', retryAfterSeconds: 1 },
  { type: ResponseType.ACCESS_DENIED, code: 'permission_denied', message: 'Access denied' },
  { type: ResponseType.WAF_FILTERED, code: 'permission_denied', message: 'Access denied' },
  { type: ResponseType.UNAUTHORIZED, code: 'unauthorized', message: 'The API key is not valid' },
  { type: ResponseType.DEFAULT_4XX, code: 'validation_error', message: 'The request is not valid' },
  { type: ResponseType.INTEGRATION_TIMEOUT, ...isBusy, retryAfterSeconds: 2 },
  { type: ResponseType.INTEGRATION_FAILURE, ...isBusy, retryAfterSeconds: 2 },
  { type: ResponseType.DEFAULT_5XX, code: 'internal_error', message: 'An unexpected error occurred' },
];

const literal = (text: string): string => `'${text}'`;

export const addGatewayResponses = (api: RestApi): void => {
  for (const { type, code, message, details, retryAfterSeconds } of answers) {
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(problemStatus[code]),
      responseHeaders: {
        ...Object.fromEntries(Object.entries(corsHeaders).map(([name, value]) => [name, literal(value)])),
        'X-Request-ID': 'context.requestId',
        ...(retryAfterSeconds !== undefined && { 'Retry-After': literal(String(retryAfterSeconds)) }),
      },
      templates: { 'application/json': JSON.stringify(toProblemBody(code, message, details)) },
    });
  }
};
