// Creates the REST API in front of the functions from the route table. The functions check keys, roles and limits themselves.
import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  ContentHandling,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  MockIntegration,
  PassthroughBehavior,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { corsHeaders } from '../shared/api/http/headers.ts';
import { toProblemBody } from '../shared/api/http/problem.ts';
import { allowedMethods, type HttpFunction, routes, wrongMethodText } from '../shared/api/http/routes.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import type { Stage } from './stage.ts';

/** One JSON object per request. Values that log filters compare as numbers have no quotes. */
const accessLogFormat = AccessLogFormat.custom(
  `{${Object.entries({
    time: `"${AccessLogField.contextRequestTime()}"`,
    request_id: `"${AccessLogField.contextRequestId()}"`,
    method: `"${AccessLogField.contextHttpMethod()}"`,
    resource: `"${AccessLogField.contextResourcePath()}"`,
    status: AccessLogField.contextStatus(),
    latency_ms: AccessLogField.contextResponseLatency(),
    integration_ms: `"${AccessLogField.contextIntegrationLatency()}"`,
    response_bytes: `"${AccessLogField.contextResponseLength()}"`,
    source_ip: `"${AccessLogField.contextIdentitySourceIp()}"`,
    error: `"${AccessLogField.contextErrorResponseType()}"`,
  })
    .map(([name, value]) => `"${name}":${value}`)
    .join(',')}}`,
);

const corsParameters = Object.fromEntries(
  Object.entries(corsHeaders).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
);

/** Types with a request template. Bodies of other types are refused as a wrong method before the template runs: see `gateway-responses.ts`. */
const bodyTypes = ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream'];
const chooseStatus = '#if($context.httpMethod != "OPTIONS"){"statusCode":405}#else{"statusCode":200}#end';

/**
 * Answers, without a function, the methods that no route of the path has: `OPTIONS` and wrong methods. The API treats every body
 * as binary, so the integration must say that this one is text.
 */
const createAnyMethod = (path: string): MockIntegration =>
  new MockIntegration({
    contentHandling: ContentHandling.CONVERT_TO_TEXT,
    passthroughBehavior: PassthroughBehavior.NEVER,
    requestTemplates: Object.fromEntries(bodyTypes.map((type) => [type, chooseStatus])),
    integrationResponses: [
      { statusCode: '200', responseParameters: corsParameters },
      {
        statusCode: '405',
        selectionPattern: '405',
        responseParameters: {
          ...corsParameters,
          'method.response.header.Allow': `'${allowedMethods(path)}'`,
          'method.response.header.X-Request-ID': 'context.requestId',
        },
        responseTemplates: {
          'application/json': JSON.stringify(toProblemBody('method_not_allowed', wrongMethodText(path))),
        },
      },
    ],
  });

const methodResponse = (statusCode: string, names: readonly string[]) => ({
  statusCode,
  responseParameters: Object.fromEntries(names.map((name) => [`method.response.header.${name}`, true])),
});
const anyMethodResponses = [
  methodResponse('200', Object.keys(corsHeaders)),
  methodResponse('405', [...Object.keys(corsHeaders), 'Allow', 'X-Request-ID']),
];

const addRoutes = (api: RestApi, functions: Readonly<Record<HttpFunction, IFunction>>): void => {
  // One permission per function: one per method would exceed the size limit of a function's policy.
  const integrate = (target: IFunction) => new LambdaIntegration(target, { scopePermissionToMethod: false });
  const integrations = {
    ingest: integrate(functions.ingest),
    query: integrate(functions.query),
    catalog: integrate(functions.catalog),
  };
  for (const { method, path, function: target } of Object.values(routes)) {
    api.root.resourceForPath(path).addMethod(method, integrations[target]);
  }
  for (const path of new Set(Object.values(routes).map((route) => route.path))) {
    api.root.resourceForPath(path).addMethod('ANY', createAnyMethod(path), { methodResponses: anyMethodResponses });
  }
};

export const createHttpApi = (
  scope: Construct,
  functions: Readonly<Record<HttpFunction, IFunction>>,
  stage: Stage,
): RestApi => {
  const { stackName } = Stack.of(scope);
  const accessLog = new LogGroup(scope, 'AccessLog', {
    logGroupName: `/aws/apigateway/${stackName}`,
    retention: stage.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const api = new RestApi(scope, 'Api', {
    restApiName: stackName,
    endpointTypes: [EndpointType.REGIONAL],
    // Otherwise bytes that are not UTF-8 would be replaced before a function could refuse them.
    binaryMediaTypes: ['*/*'],
    // This setting belongs to the whole account and region; the role stays, because others may log with it.
    cloudWatchRole: stage.setsGatewayLogRole,
    deployOptions: {
      stageName: stage.name,
      accessLogDestination: new LogGroupLogDestination(accessLog),
      accessLogFormat,
      loggingLevel: MethodLoggingLevel.ERROR,
      tracingEnabled: true,
      throttlingRateLimit: stage.throttling.perSecond,
      throttlingBurstLimit: stage.throttling.burst,
    },
  });
  // API Gateway would otherwise create it and keep it forever.
  const errorLog = new LogGroup(scope, 'ErrorLog', {
    logGroupName: `API-Gateway-Execution-Logs_${api.restApiId}/${stage.name}`,
    retention: stage.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  api.deploymentStage.node.addDependency(errorLog);
  // The stack has its own output for the URL.
  api.node.tryRemoveChild('Endpoint');
  addGatewayResponses(api);
  addRoutes(api, functions);
  Validations.of(api).acknowledge(
    {
      id: 'Serverless-APIGWStructuredLogging',
      reason: 'it becomes JSON once the variables are filled in; unquoted numbers are not JSON before that',
    },
    { id: 'AwsSolutions-APIG2', reason: 'the functions validate, and name every bad field in the one error shape' },
    { id: 'AwsSolutions-APIG3', reason: 'keys and limits are enforced by the functions; a WAF costs while idle' },
    { id: 'AwsSolutions-APIG4', reason: 'the functions authenticate by x-api-key, on AWS as on one machine' },
    { id: 'AwsSolutions-COG4', reason: 'the functions authenticate by x-api-key, on AWS as on one machine' },
    {
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
      reason: 'the account-wide role that API Gateway writes its logs with',
    },
  );
  return api;
};
