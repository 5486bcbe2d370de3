// The stack that `test/aws/run.ts` deployed for these tests: where it is, what it tells, and how to change a function of it.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { stackOutputs } from '../../lib/stack-outputs.ts';
import { readCliEnvironment } from '../../shared/config.ts';

export interface Deployment {
  /** Without a slash at its end. */
  readonly url: string;
  readonly apiKey: string;
  readonly stack: string;
}

export const deployment = (): Deployment => {
  const { url, apiKey, stack } = readCliEnvironment();
  if (url === undefined || apiKey === undefined || stack === undefined) throw new Error('start it by npm run test:aws');
  return { url, apiKey, stack };
};

export const outputOf = async (stack: string, name: keyof typeof stackOutputs): Promise<string> => {
  const client = new CloudFormationClient();
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  client.destroy();
  const found = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === stackOutputs[name])?.OutputValue;
  if (found === undefined) throw new Error(`${stack} has no output ${stackOutputs[name]}`);
  return found;
};

/** Runs something while one variable of a function's environment has another value. */
export const withEnvironment = async <T>(
  functionName: string,
  changed: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> => {
  const client = new LambdaClient();
  const set = async (Variables: Record<string, string>): Promise<void> => {
    await client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: functionName, Environment: { Variables } }),
    );
    await waitUntilFunctionUpdatedV2({ client, maxWaitTime: 30 }, { FunctionName: functionName });
  };
  const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  const before = Environment?.Variables ?? {};
  try {
    await set({ ...before, ...changed });
    return await work();
  } finally {
    await set(before);
    client.destroy();
  }
};
