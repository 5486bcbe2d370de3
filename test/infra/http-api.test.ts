// The REST API of the synthesized stack matches the route table, and its own answers look like those of the functions.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { corsHeaders } from '../../shared/api/http/headers.ts';
import { problemStatus } from '../../shared/api/http/problem.ts';
import { allowedMethods, routes } from '../../shared/api/http/routes.ts';
import { functionNames } from '../../shared/config.ts';
import { Attribute, deployedFunction, only, Reference, synthesize } from '../support/synthesized.ts';

const prod = await synthesize('prod');

describe('the REST API', () => {
  const PartSchema = v.object({ PathPart: v.string(), ParentId: v.union([Reference, Attribute]) });
  const parts = new Map(
    prod.ofType('AWS::ApiGateway::Resource').map(({ id, properties }) => [id, v.parse(PartSchema, properties)]),
  );
  const pathOf = (id: string): string => {
    const part = parts.get(id);
    return part === undefined ? '' : `${'Ref' in part.ParentId ? pathOf(part.ParentId.Ref) : ''}/${part.PathPart}`;
  };
  const MethodSchema = v.object({
    HttpMethod: v.string(),
    ResourceId: Reference,
    Integration: v.object({
      Type: v.string(),
      Uri: v.optional(v.unknown()),
      RequestTemplates: v.optional(v.record(v.string(), v.string())),
      IntegrationResponses: v.optional(v.array(v.looseObject({ StatusCode: v.string() }))),
    }),
  });
  const methods = prod.ofType('AWS::ApiGateway::Method').map(({ properties }) => {
    const { HttpMethod, ResourceId, Integration } = v.parse(MethodSchema, properties);
    const uri = JSON.stringify(Integration.Uri ?? '');
    const target = functionNames.find((name) => uri.includes(`"${deployedFunction(prod, name).id}"`));
    return {
      method: HttpMethod,
      path: pathOf(ResourceId.Ref),
      function: target,
      type: Integration.Type,
      templates: Object.values(Integration.RequestTemplates ?? {}),
      responses: Integration.IntegrationResponses ?? [],
    };
  });
  const byPath = (a: { path: string; method: string }, b: { path: string; method: string }): number =>
    `${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1;

  test('the API has the routes of the route table, each with its function, and no others', () => {
    const expected = Object.values(routes).map(({ method, path, function: target }) => {
      return { method, path, function: target, type: 'AWS_PROXY', templates: [], responses: [] };
    });
    expect(methods.filter(({ method }) => method !== 'ANY').sort(byPath)).toEqual(expected.sort(byPath));
  });

  test('the API itself answers OPTIONS and wrong methods on every path', () => {
    const paths = [...new Set(Object.values(routes).map(({ path }) => path))].sort();
    const cors = Object.fromEntries(
      Object.entries(corsHeaders).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
    );
    const others = methods.filter(({ method }) => method === 'ANY');
    expect(others.map(({ path }) => path).sort()).toEqual(paths);
    for (const { type, path, templates, responses } of others) {
      expect(type).toBe('MOCK');
      for (const template of templates) {
        expect(template).toBe('#if($context.httpMethod != "OPTIONS"){"statusCode":405}#else{"statusCode":200}#end');
      }
      expect(responses).toEqual([
        expect.objectContaining({ StatusCode: '200', ResponseParameters: cors }),
        expect.objectContaining({
          StatusCode: '405',
          SelectionPattern: '405',
          ResponseParameters: expect.objectContaining({
            ...cors,
            'method.response.header.Allow': `'${allowedMethods(path)}'`,
            'method.response.header.X-Request-ID': 'context.requestId',
          }),
          ResponseTemplates: { 'application/json': expect.stringContaining('"method_not_allowed"') },
        }),
      ]);
    }
  });

  test('the API passes bodies to the functions byte for byte', () => {
    expect(only(prod.ofType('AWS::ApiGateway::RestApi')).properties).toMatchObject({ BinaryMediaTypes: ['*/*'] });
  });

  test("the API's own errors have the common error shape and headers", () => {
    const responses = prod.ofType('AWS::ApiGateway::GatewayResponse');
    const codes = responses.map(({ properties }) => {
      const { ResponseType, StatusCode, ResponseTemplates, ResponseParameters } = v.parse(
        v.object({
          ResponseType: v.string(),
          StatusCode: v.string(),
          ResponseTemplates: v.object({ 'application/json': v.pipe(v.string(), v.parseJson()) }),
          ResponseParameters: v.record(v.string(), v.string()),
        }),
        properties,
      );
      const { code, http_status_code } = v.parse(
        v.looseObject({ code: v.picklist(['not_found', ...Object.keys(problemStatus)]), http_status_code: v.number() }),
        ResponseTemplates['application/json'],
      );
      expect(String(http_status_code)).toBe(StatusCode);
      const headers = [...Object.keys(corsHeaders), 'X-Request-ID'];
      for (const name of headers) expect(ResponseParameters).toHaveProperty([`gatewayresponse.header.${name}`]);
      return [ResponseType, `${StatusCode} ${code}`];
    });
    expect(Object.fromEntries(codes)).toMatchObject({
      MISSING_AUTHENTICATION_TOKEN: '404 not_found',
      REQUEST_TOO_LARGE: '400 validation_error',
      THROTTLED: '429 too_many_requests',
      INTEGRATION_TIMEOUT: '503 service_unavailable',
      INTEGRATION_FAILURE: '503 service_unavailable',
      DEFAULT_4XX: '400 validation_error',
      DEFAULT_5XX: '500 internal_error',
    });
  });

  test('the access log is JSON, with numbers where filters compare them', () => {
    const { AccessLogSetting } = v.parse(
      v.looseObject({ AccessLogSetting: v.looseObject({ Format: v.string() }) }),
      only(prod.ofType('AWS::ApiGateway::Stage')).properties,
    );
    const line: unknown = JSON.parse(AccessLogSetting.Format.replaceAll(/\$context[\w.]+/g, '503'));
    expect(line).toMatchObject({ status: 503, latency_ms: 503, request_id: '503', error: '503' });
  });

  test('the API has no metrics by method, which would cost while idle', () => {
    const { MethodSettings } = only(prod.ofType('AWS::ApiGateway::Stage')).properties;
    expect(MethodSettings).toEqual([expect.not.objectContaining({ MetricsEnabled: true })]);
  });

  test('the API logs every request, and has the limits of the stage', () => {
    expect(only(prod.ofType('AWS::ApiGateway::Stage')).properties).toMatchObject({
      StageName: 'prod',
      TracingEnabled: true,
      AccessLogSetting: { Format: expect.stringContaining('$context.requestId') },
      MethodSettings: [expect.objectContaining({ ThrottlingRateLimit: 5000, ThrottlingBurstLimit: 5000 })],
    });
  });
});
