// Connects operator commands to a deployed stack: found by its CloudFormation outputs, reached with AWS credentials. The SDK
// resolves region, credentials and endpoints itself, so profiles, roles and emulators work as in any other AWS tool.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type Command, Option } from 'commander';
import { stackOutputs } from '../../lib/stack-outputs.ts';
import { readCliEnvironment } from '../../shared/config.ts';
import { DependencyError } from '../../shared/dependency-error.ts';
import { createDeadLetterQueue, type DeadLetterQueue } from '../../shared/queue/dead-letters.ts';
import { createQueueClient, createSqsClient, type QueueClient } from '../../shared/queue/sqs-client.ts';
import { createDocumentClient, createTable } from '../../shared/store/table/dynamodb-table.ts';
import type { Table } from '../../shared/store/table/table.ts';
import { awsFailure, dependencyFailure } from './aws-failure.ts';
import { CliFailure, exitCode } from '../process/failure.ts';
import { jsonHelp } from '../process/option-values.ts';

export interface StackOptions {
  readonly stack?: string;
  readonly json?: boolean;
}

export interface Stack {
  /** Without a slash at its end. */
  readonly apiUrl: string;
  readonly table: Table;
  readonly queue: QueueClient;
  readonly deadLetters: DeadLetterQueue & Pick<QueueClient, 'readDepth'>;
  /** UTC milliseconds by AWS's clock, since this machine's clock may be wrong. */
  readonly now: () => number;
}

export const stackOption = (): Option =>
  new Option('--stack <name>', 'the CloudFormation stack (or TOLLGATE_STACK), with your AWS credentials');

export const withStack = (command: Command): Command => command.addOption(stackOption()).option('--json', jsonHelp);

/** Generous, because one answer can be 2 MB over a slow connection. */
const requestTimeoutMs = 30_000;

type OutputName = keyof typeof stackOutputs;
type Outputs = Readonly<Record<OutputName, string>>;

interface Described {
  readonly outputs: ReadonlyMap<string, string>;
  /** Milliseconds by which AWS's clock is ahead of this machine's. */
  readonly clockOffsetMs: number;
}

/** CloudFormation API, "DescribeStacks": a name or an ARN. */
const isStackName = (text: string): boolean => /^([A-Za-z][A-Za-z0-9-]{0,127}|arn:[!-~]{1,2000})$/.test(text);

const describeStack = async (stackName: string): Promise<Described> => {
  if (!isStackName(stackName)) {
    throw new CliFailure(`${stackName} is not a valid stack name: use letters, digits and hyphens.`, exitCode.usage);
  }
  const client = new CloudFormationClient({ maxAttempts: 3 });
  const region = await client.config.region().catch(() => {
    throw new CliFailure(
      'No AWS region is set: set AWS_REGION, or set AWS_PROFILE to a profile with a region.',
      exitCode.usage,
    );
  });
  await client.config.credentials().catch((error: unknown) => {
    const reason = error instanceof Error ? ` (${error.message})` : '';
    throw new CliFailure(
      `No AWS credentials found${reason}: sign in with "aws sso login" or "aws configure", or set AWS_PROFILE.`,
      exitCode.usage,
    );
  });
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const outputs = (Stacks[0]?.Outputs ?? []).map(
      ({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const,
    );
    return { outputs: new Map(outputs), clockOffsetMs: client.config.systemClockOffset };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // CloudFormation's only code for an unknown stack name.
    throw error.name === 'ValidationError'
      ? new CliFailure(`There is no stack ${stackName} in ${region}: check --stack and AWS_REGION.`)
      : awsFailure(error, 'CloudFormation request failed');
  } finally {
    client.destroy();
  }
};

const readOutputs = (stackName: string, found: Described['outputs']): Outputs => {
  const read = (name: OutputName): string => {
    const value = found.get(stackOutputs[name]);
    if (value !== undefined && value !== '') return value;
    throw new CliFailure(
      `The stack ${stackName} has no output ${stackOutputs[name]}: is it Tollgate, and is its deployment complete?`,
    );
  };
  return {
    apiUrl: read('apiUrl').replace(/\/+$/, ''),
    tableName: read('tableName'),
    queueUrl: read('queueUrl'),
    deadLetterQueueUrl: read('deadLetterQueueUrl'),
  };
};

const openStack = async (stackName: string): Promise<Stack> => {
  const { outputs, clockOffsetMs } = await describeStack(stackName);
  const { apiUrl, tableName, queueUrl, deadLetterQueueUrl } = readOutputs(stackName, outputs);
  const sqs = createSqsClient({ requestTimeoutMs });
  const { readDepth } = createQueueClient(sqs, deadLetterQueueUrl);
  return {
    apiUrl,
    // Nothing here writes many items, so emulators without PartiQL work too.
    table: createTable({ client: createDocumentClient({}), tableName, partiql: false }),
    queue: createQueueClient(sqs, queueUrl),
    deadLetters: { ...createDeadLetterQueue(sqs, deadLetterQueueUrl), readDepth },
    now: () => Date.now() + clockOffsetMs,
  };
};

/** Runs a command on the named stack. Throws CliFailure for AWS errors. */
export const onStack = async <T>(
  { stack: stackName = readCliEnvironment().stack ?? '' }: StackOptions,
  run: (stack: Stack) => Promise<T>,
): Promise<T> => {
  if (stackName === '') throw new CliFailure('Missing stack. Pass --stack or set TOLLGATE_STACK.', exitCode.usage);
  try {
    return await run(await openStack(stackName));
  } catch (error) {
    throw error instanceof DependencyError ? dependencyFailure(error) : error;
  }
};
