// The description of the API is fresh, well-formed, and covers exactly the existing routes.
import { describe, expect, test } from '@jest/globals';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { documentText } from '../../lib/openapi/document-text.ts';
import { openApiFile } from '../../lib/openapi-file.ts';
import { routes } from '../../shared/api/http/routes.ts';
import { checkAnswer } from '../support/drivers/response-check.ts';

const text = readFileSync(openApiFile, 'utf8');
const ContentSchema = v.object({ 'application/json': v.object({ example: v.exactOptional(v.unknown()) }) });
const OperationSchema = v.object({
  operationId: v.string(),
  security: v.optional(v.array(v.unknown())),
  parameters: v.optional(
    v.array(v.object({ name: v.string(), in: v.string(), example: v.exactOptional(v.unknown()) })),
    [],
  ),
  requestBody: v.optional(v.object({ content: ContentSchema })),
  responses: v.record(v.string(), v.object({ content: v.optional(ContentSchema) })),
});
const DocumentSchema = v.object({
  openapi: v.string(),
  servers: v.array(v.object({ url: v.string() })),
  paths: v.record(v.string(), v.record(v.string(), OperationSchema)),
});
const document = v.parse(DocumentSchema, JSON.parse(text));
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
);

const rules = {
  // `/subscriptions/{id}/cancel` and `/subscriptions/lineitems/{id}` are those of the upstream; no subscription has the id "lineitems".
  'no-ambiguous-paths': 'off',
} as const;

describe('docs/openapi.json', () => {
  test('the document is fresh (npm run openapi)', async () => {
    expect(await documentText()).toBe(text);
  });

  test('the document is OpenAPI 3.1 without errors or warnings', async () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    const config = await createConfig({ extends: ['recommended'], rules });
    const problems = await lintFromString({ source: text, absoluteRef: openApiFile, config });
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  });

  test('the document has every route by its id, and nothing else', () => {
    const expected = Object.entries(routes).map(
      ([id, { method, path }]) => `${id} ${method} ${path.replace('+}', '}')}`,
    );
    const found = described.map(({ operationId, method, path }) => `${operationId} ${method} /v1${path}`);
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test('an operation has query parameters exactly if its route accepts them', () => {
    const found = described.filter(({ parameters }) => parameters.some((one) => one.in === 'query'));
    const expected = Object.entries(routes).filter(([, { hasQuery }]) => hasQuery);
    expect(found.map(({ operationId }) => operationId).toSorted()).toEqual(expected.map(([id]) => id).toSorted());
  });

  test('an operation requires a key exactly if its route does', () => {
    const open = described.filter(({ security }) => security?.length === 0).map(({ operationId }) => operationId);
    expect(open).toEqual(['getOpenApi']);
  });

  test.each(described.map((operation) => [operation.operationId, operation] as const))(
    'has a valid example of %s: npm run examples',
    (_, { method, path, parameters, requestBody, responses }) => {
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      const filled = inPath.reduce((text, { name, example }) => {
        expect(typeof example).toBe('string');
        return text.replace(`{${name}}`, encodeURIComponent(String(example)));
      }, path);
      const [status = '', success] = Object.entries(responses).find(([one]) => one.startsWith('2')) ?? [];
      const [sent, body] = [requestBody, success].map((one) => one?.content?.['application/json'].example);
      expect([sent === undefined, body === undefined]).toEqual([!requestBody, !success?.content]);
      const headers = { 'x-request-id': '-', 'content-type': 'application/json' };
      checkAnswer(method, `/v1${filled}`, sent, { status: Number(status), headers, body });
    },
  );

  test.each(['https://api.example.net/prod', 'https://api.example.net', 'http://127.0.0.1:4000'])(
    'leads to the API when it comes from %s',
    (base) => {
      // Relative to the document; then the path is appended, not resolved (OpenAPI 3.1, Server Object and Paths Object).
      const server = new URL(document.servers[0]?.url ?? '', `${base}/v1/openapi.json`).href;
      expect(`${server}/events`).toBe(`${base}/v1/events`);
    },
  );
});
