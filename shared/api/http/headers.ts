// Headers of every response of the API, from functions, the gateway and the local front door alike.

export const jsonContentType = 'application/json; charset=utf-8';

export const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE, OPTIONS',
  'Access-Control-Allow-Headers': '*',
  // Without it a web page sees none of these.
  'Access-Control-Expose-Headers':
    'X-Request-ID, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset',
  'Access-Control-Max-Age': '86400',
} as const;
