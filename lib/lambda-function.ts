// Creates a function with the common defaults: its own role with explicit permissions, its own log with a retention, traces, and
// the environment that its config schema requires.
import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionEnvironment, FunctionName } from '../shared/config.ts';
import { keyPrefixes, type ItemKind } from '../shared/store/table/keys.ts';
import { tableAccess } from '../shared/store/table/table-access.ts';
import type { Stage } from './stage.ts';

export interface FunctionProps<F extends FunctionName> {
  readonly name: F;
  readonly description: string;
  /** The environment except the region, which Lambda sets. */
  readonly environment: Readonly<Record<Exclude<keyof FunctionEnvironment<F>, 'AWS_REGION'>, string>>;
  readonly timeout: Duration;
  readonly table: TableV2;
  readonly stage: Stage;
  /** The folder that contains a folder per bundled function. */
  readonly bundles: string;
}

const readActions = { get: 'dynamodb:GetItem', getMany: 'dynamodb:BatchGetItem', query: 'dynamodb:Query' } as const;
/** DynamoDB, "IAM security policies with PartiQL": a batch of inserts needs PartiQLInsert alone. */
const writeActions = {
  put: 'dynamodb:PutItem',
  insertMany: 'dynamodb:PartiQLInsert',
  add: 'dynamodb:UpdateItem',
  set: 'dynamodb:UpdateItem',
  setMapEntry: 'dynamodb:UpdateItem',
  remove: 'dynamodb:DeleteItem',
} as const;

const actionsOf = (actions: Readonly<Record<string, string>>, operations: readonly string[]): string[] => [
  ...new Set(operations.flatMap((operation) => actions[operation] ?? [])),
];

/** Grants actions on items whose partition key begins with a prefix of one of the kinds. */
const grantItems = (table: TableV2, actions: string[], kinds: readonly ItemKind[]): PolicyStatement =>
  new PolicyStatement({
    actions,
    resources: [table.tableArn],
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': kinds.map((kind) => `${keyPrefixes[kind]}*`) },
    },
  });

export const createFunction = <F extends FunctionName>(scope: Construct, props: FunctionProps<F>): LambdaFunction => {
  const { name, description, environment, timeout, table, stage, bundles } = props;
  const functionName = `${Stack.of(scope).stackName}-${name}`;
  const id = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const logGroup = new LogGroup(scope, `${id}Log`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: stage.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const { operations, reads, writes } = tableAccess[name];
  for (const statement of [
    grantItems(table, actionsOf(readActions, operations), reads),
    grantItems(table, actionsOf(writeActions, operations), writes),
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  ]) {
    role.addToPolicy(statement);
  }
  const created = new LambdaFunction(scope, id, {
    functionName,
    description,
    role,
    logGroup,
    environment: { ...environment },
    timeout,
    code: Code.fromAsset(join(bundles, name)),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: stage.memoryMb[name],
    loggingFormat: LoggingFormat.JSON,
    tracing: Tracing.ACTIVE,
  });
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'X-Ray permissions cannot be narrowed below the account',
  });
  Validations.of(created).acknowledge({
    id: 'Serverless-LambdaDLQ',
    reason: 'never invoked asynchronously: API Gateway waits, and the event queue has a dead-letter queue',
  });
  return created;
};
