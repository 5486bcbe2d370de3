// Lists where the pinned emulator (see emulator.ts) differs from AWS. Each gap is asserted by emulator-gaps.test.ts,
// which says when one closes; then it goes from here, and so does what works around it.
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { objectOf } from '../support/drivers/client.ts';
import type { Driver } from '../support/drivers/driver.ts';
import { type Deployment, outputOf, withEnvironment } from './deployment.ts';

export interface EmulatorGap {
  readonly name: string;
  /** Whether it is still there. */
  readonly isOpen: (driver: Driver, deployed: Deployment) => Promise<boolean>;
}

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
    isOpen: (_, { url, apiKey, stack }) =>
      withEnvironment(`${stack}-catalog`, { LOG_LEVEL: 'none' }, async () => {
        const response = await fetch(`${url}/v1/meters`, { headers: { 'x-api-key': apiKey } });
        return response.status === 502 && !('code' in objectOf(await response.json()));
      }),
  },
  {
    // On AWS it chooses: a browser's preflight is 200. Here the first status that it names is always taken.
    name: 'the request template of a mock is not evaluated: OPTIONS is answered as a wrong method',
    isOpen: async (_, { url }) => (await fetch(`${url}/v1/meters`, { method: 'OPTIONS' })).status === 405,
  },
  {
    // The queue's policy denies what does not come by TLS; roles are not enforced either. The grants of the functions are
    // enforced in process, by test/support/drivers/guarded-table.ts.
    name: 'policies are stored and not enforced',
    isOpen: async (_, { stack }) => {
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
    isOpen: async (_, { stack }) => {
      const client = new CloudWatchClient();
      const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: `Tollgate/${stack}` }));
      client.destroy();
      return Metrics.length === 0;
    },
  },
];
