// Runs the commands of an operator as processes, on an emulated stack.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, request as startRequest } from 'node:http';
import * as v from 'valibot';
import { portOf } from '../../lib/local/http/listening.ts';
import { createAuthenticator } from '../../shared/lambda/authenticate.ts';
import { createApiKeyStore } from '../../shared/store/access/api-keys.ts';
import { anAcceptedEvent, aScope } from '../support/builders/builders.ts';
import { aMessageText } from '../support/drivers/dead-letters.ts';
import { type OperatedStack, startOperatedStack } from '../support/drivers/operated-stack.ts';
import { runTollgate } from '../support/drivers/running-tollgate.ts';

jest.setTimeout(120_000);

let stack: OperatedStack;
beforeAll(async () => {
  stack = await startOperatedStack();
});
afterAll(() => stack.stop());

const run = (commandLine: string, extra: Readonly<Record<string, string>> = {}) =>
  runTollgate(commandLine.split(' '), '', { ...stack.environment, ...extra });
const onLive = (commandLine: string) => run(`${commandLine} --stack live`);
const without = (...names: readonly string[]) =>
  Object.fromEntries(Object.entries(stack.environment).filter(([name]) => !names.includes(name)));

const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));

describe('obstacles are explained in a sentence', () => {
  test.each([
    ['no stack', 'dlq list', [], 2, 'Missing stack. Pass --stack or set TOLLGATE_STACK.\n'],
    [
      'an unknown stack',
      'dlq list --stack nope',
      [],
      1,
      'There is no stack nope in eu-west-1: check --stack and AWS_REGION.\n',
    ],
    [
      'no name of a stack',
      'dlq list --stack no_name',
      [],
      2,
      'no_name is not a valid stack name: use letters, digits and hyphens.\n',
    ],
    [
      'a stack that is another',
      'claims release e1 --stack other',
      [],
      1,
      'The stack other has no output TableName: is it Tollgate, and is its deployment complete?\n',
    ],
    [
      'a refusal',
      'dlq redrive --stack denied',
      [],
      1,
      'AWS does not allow cloudformation:DescribeStacks with these credentials: add it to their policy, or use other credentials (AWS_PROFILE).\n',
    ],
    [
      'no region',
      'keys create first --stack live',
      ['AWS_REGION'],
      2,
      'No AWS region is set: set AWS_REGION, or set AWS_PROFILE to a profile with a region.\n',
    ],
    [
      'no credentials',
      'dlq list --stack live',
      ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
      2,
      'No AWS credentials found (Could not load credentials from any providers): sign in with "aws sso login" or "aws configure", or set AWS_PROFILE.\n',
    ],
    [
      'two ways at once',
      'keys create first --stack live --api-key sk_x',
      [],
      2,
      "error: option '--stack <name>' cannot be used with option '--api-key <key>'\n(add --help for more)\n",
    ],
    [
      'a tenant that is none',
      'claims release e1 --stack live --tenant a.b',
      [],
      2,
      '--tenant must be 1 to 64 characters of A-Z a-z 0-9 _ -.\n',
    ],
    [
      'no answer',
      'dlq list --stack live',
      [],
      1,
      'No answer from AWS (ECONNREFUSED): check the network, the region, and AWS_ENDPOINT_URL if it is set.\n',
    ],
  ] as const)('%s', async (name, commandLine, absent, exitCode, stderr) => {
    const nowhere = name === 'no answer' ? { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9' } : {};
    const result = await runTollgate(commandLine.split(' '), '', { ...without(...absent), ...nowhere });
    expect(result).toEqual({ exitCode, stderr, stdout: '' });
  });
});

describe('tollgate keys create --stack', () => {
  const authenticate = (secret: string) =>
    createAuthenticator({ readKey: createApiKeyStore(stack.table).read, now: Date.now })(secret);

  test('keys create creates the first key, shows it once, and says which deployment it is for', async () => {
    const { exitCode, stdout, stderr } = await onLive('keys create first');
    expect(exitCode).toBe(0);
    const caller = await authenticate(stdout.trim());
    expect(caller).toMatchObject({ scope: aScope, roles: ['super_admin'] });
    expect(stderr).toBe(
      `${caller.keyId} with super_admin. The key is shown only this once.\n` +
        'Use it with:\n  $ export TOLLGATE_URL=https://abc.execute-api.eu-west-1.amazonaws.com/prod TOLLGATE_API_KEY=<the key>\n',
    );
  });

  test('keys create uses TOLLGATE_STACK if no key is given, and prints the JSON of the HTTP API', async () => {
    const { exitCode, stdout, stderr } = await run(
      'keys create worker --role event_ingestor --tenant acme --environment live --per-second 5 --json',
      { TOLLGATE_STACK: 'live' },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { api_key: secret } = v.parse(v.object({ api_key: v.string() }), JSON.parse(stdout));
    expect(await authenticate(secret)).toMatchObject({
      scope: { tenantId: 'acme', environmentId: 'live' },
      roles: ['event_ingestor'],
      rateLimit: { perSecond: 5, burst: 5 },
    });
  });

  test('keys create uses HTTP if a key is given, whatever the environment says', async () => {
    const url = 'http://127.0.0.1:9';
    const result = await run('keys create second', {
      TOLLGATE_STACK: 'live',
      TOLLGATE_API_KEY: 'sk_x',
      TOLLGATE_URL: url,
    });
    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`No answer from ${url}`) });
  });
});

describe('tollgate dlq', () => {
  test('dlq lists, shows and redrives the messages that the processor has given up on, and then their events count', async () => {
    const events = ['dlq-1', 'dlq-2'].map((id) => anAcceptedEvent({ id, timestamp: Date.now() }));
    stack.giveUpOn(aMessageText(1, Date.now(), events), 'not ours');
    expect(stack.depths()).toEqual({ main: 0, dead: 2 });

    const listed = await onLive('dlq list --json');
    expect(listed).toMatchObject({ exitCode: 0, stderr: '' });
    const [first, second] = jsonLines(listed.stdout);
    expect(first).toMatchObject({ readable: true, tenant_id: 'default', event_count: 2 });
    expect(second).toMatchObject({ readable: false, beginning: 'not ours', bytes: 8 });
    const { batch_id: batchId } = v.parse(v.object({ batch_id: v.string() }), first);

    const listedForPeople = await onLive('dlq list');
    expect(listedForPeople.stdout).toContain(batchId);
    expect(listedForPeople.stdout).toContain('unreadable');
    const shown = await onLive(`dlq show ${batchId} --json`);
    expect(JSON.parse(shown.stdout)).toMatchObject({ events: [{ event_id: 'dlq-1' }, { event_id: 'dlq-2' }] });
    expect((await onLive(`dlq show ${batchId}`)).stdout).toContain('dlq-2');
    expect(await onLive('dlq show nothing')).toMatchObject({ exitCode: 1, stdout: '' });
    expect(stack.depths()).toEqual({ main: 0, dead: 2 });

    const moved = await onLive(`dlq redrive --id ${batchId} --json`);
    expect(moved).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(moved.stdout)).toEqual({
      moved: 1,
      failed: 0,
      failures: [],
      too_old: [],
      came_later: 0,
      not_found: [],
    });
    expect(stack.depths()).toEqual({ main: 1, dead: 1 });
    await stack.process();
    const { stdout, exitCode } = await onLive('claims release dlq-1 dlq-2');
    expect(exitCode).toBe(1);
    expect(stdout.match(/not released/g)).toHaveLength(2);

    expect(await onLive(`dlq redrive --id ${batchId}`)).toMatchObject({
      exitCode: 1,
      stderr: `0 moved back to the event queue, 0 failed\nNot in the dead-letter queue, or hidden because somebody else is reading it: ${batchId}\n`,
    });
    expect(await onLive('dlq redrive')).toMatchObject({
      exitCode: 0,
      stderr: '1 moved back to the event queue, 0 failed\n',
    });
    expect(await onLive('dlq list')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'The dead-letter queue is empty.\n',
    });
  });

  test('dlq makes all messages visible again after Ctrl-C', async () => {
    const messages = 300;
    const texts = Array.from({ length: messages }, (_, index) => aMessageText(100 + index, Date.now()));
    stack.putDead(...texts);
    let interrupt = (): void => undefined;
    let receives = 0;
    // Between the command and the queue: the signal comes while the first messages are on their way.
    const proxy = createServer((incoming, outgoing) => {
      const isReceive = String(incoming.headers['x-amz-target']).endsWith('ReceiveMessage');
      if (isReceive && (receives += 1) === 1) interrupt();
      const onwards = startRequest(
        `${stack.queueEndpoint}${incoming.url ?? ''}`,
        { method: 'POST', headers: incoming.headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
          answer.pipe(outgoing);
        },
      );
      incoming.pipe(onwards);
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const endpoint = `http://127.0.0.1:${String(portOf(proxy))}`;
    const { exitCode, stdout, stderr } = await runTollgate(
      ['dlq', 'list', '--stack', 'live', '--limit', '1000', '--json'],
      '',
      { ...stack.environment, AWS_ENDPOINT_URL_SQS: endpoint },
      (kill) => {
        interrupt = () => {
          kill('SIGINT');
        };
      },
    );
    proxy.close();
    proxy.closeAllConnections();
    // A busy process hears of a signal a round or two later.
    expect(receives).toBeLessThan(messages / 10);
    expect(exitCode).toBe(130);
    expect(jsonLines(stdout)).toHaveLength(10 * receives);
    expect(stderr).toBe('Interrupted. Messages that were not moved are still in the dead-letter queue.\n');
    expect(stack.depths().dead).toBe(messages);
  });
});
