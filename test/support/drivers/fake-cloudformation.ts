// As much of CloudFormation as DescribeStacks: stacks with their outputs, one that may not be described, one where it is 40
// days earlier, and no others.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { portOf } from '../../../lib/local/http/listening.ts';
import { msPerDay } from '../../../shared/domain/time/instant.ts';

export interface FakeCloudFormation {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

const namespace = 'xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"';
const stackXml = (name: string, outputs: Readonly<Record<string, string>>): string => {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse ${namespace}><DescribeStacksResult><Stacks><member><StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
};
const errorXml = (code: string, message: string): string =>
  `<ErrorResponse ${namespace}><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

const deniedStack = 'denied';
const earlierStack = 'earlier';

export const startFakeCloudFormation = async (
  stacks: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<FakeCloudFormation> => {
  const answer = (name: string): readonly [number, string] => {
    if (name === deniedStack) {
      return [403, errorXml('AccessDenied', 'User: me is not authorized to perform: cloudformation:DescribeStacks')];
    }
    const outputs = stacks[name];
    return outputs
      ? [200, stackXml(name, outputs)]
      : [400, errorXml('ValidationError', `Stack with id ${name} does not exist`)];
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const name = new URLSearchParams(body).get('StackName') ?? '';
      const [status, xml] = answer(name);
      const date = new Date(Date.now() - (name === earlierStack ? 40 * msPerDay : 0)).toUTCString();
      response.writeHead(status, { 'content-type': 'text/xml', date }).end(xml);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${String(portOf(server))}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
