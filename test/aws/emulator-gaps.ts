// What the pinned emulator (see emulator.ts) does otherwise than AWS, in one place. Each is asserted by emulator-gaps.test.ts,
// which says when one closes; then it goes from here, and so does what works around it.
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeStacksCommand, CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { stackOutputs } from '../../lib/stack-outputs.ts';
import { objectOf } from '../support/client.ts';
import type { Driver } from '../support/driver.ts';

export interface EmulatorGap {
  readonly name: string;
  /** Whether it is still there. */
  readonly isOpen: (driver: Driver, stack: string) => Promise<boolean>;
}

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

/** On AWS they come percent-encoded, as they were sent. The driver encodes them twice while this is open. */
export const decodesPathParameters: EmulatorGap = {
  name: 'path parameters reach the function percent-decoded',
  isOpen: async ({ request }) => {
    const { body } = await request('GET', '/v1/events/%2561');
    return objectOf(objectOf(body)['details'])['event_id'] === 'a';
  },
};

export const emulatorGaps: readonly EmulatorGap[] = [
  decodesPathParameters,
  {
    // On AWS the gateway answers for it, in the one error shape.
    name: 'a function that crashes is answered with its own error, not by the gateway response',
    isOpen: (driver, stack) =>
      withEnvironment(`${stack}-catalog`, { LOG_LEVEL: 'none' }, async () => {
        const { status, body } = await driver.request('GET', '/v1/meters');
        return status === 502 && !('code' in objectOf(body));
      }),
  },
  {
    // The queue's policy denies what does not come by TLS; roles are not enforced either. The grants of the functions are
    // enforced in process, by test/support/guarded-table.ts.
    name: 'policies are stored and not enforced',
    isOpen: async (_, stack) => {
      const client = new SQSClient({ useQueueUrlAsEndpoint: false });
      const QueueUrl = await outputOf(stack, 'deadLetterQueueUrl');
      const denied = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'not by TLS' })).then(
        () => false,
        () => true,
      );
      client.destroy();
      return !denied;
    },
  },
  {
    name: 'metrics in the log do not become metrics of CloudWatch',
    isOpen: async (_, stack) => {
      const client = new CloudWatchClient();
      const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: `Tollgate/${stack}` }));
      client.destroy();
      return Metrics.length === 0;
    },
  },
];
