// tollgate keys: create, list and revoke API keys.
import { type Command, Option } from 'commander';
import * as v from 'valibot';
import { roles } from '../../shared/api/http/routes.ts';
import { readCliEnvironment } from '../../shared/config.ts';
import { readAs, readList } from '../client/answer.ts';
import { connect, type ConnectionOptions, withConnection } from '../client/connection.ts';
import { createKeyInTable, type KeyRequest } from '../operator/create-key.ts';
import { CliFailure, Refusal } from '../process/failure.ts';
import { withNotes } from '../process/help.ts';
import { collected, wholeNumber } from '../process/option-values.ts';
import { plainTable } from '../print/plain-table.ts';
import { onStack, stackOption } from '../operator/stack.ts';
import { printJson, readTerminal, tell, type Terminal } from '../process/terminal.ts';
import { commandMark } from '../process/text-width.ts';
import { timeText } from '../print/time-text.ts';
import { visible } from '../print/visible-text.ts';

interface CreateOptions extends ConnectionOptions {
  readonly stack?: string;
  readonly role?: readonly string[];
  readonly expiresAt?: string;
  readonly perSecond?: number;
  readonly burst?: number;
  readonly tenant?: string;
  readonly environment?: string;
}

interface RevokeOptions extends ConnectionOptions {
  readonly force?: boolean;
}

const SecretSchema = v.looseObject({
  id: v.string(),
  name: v.string(),
  display_id: v.string(),
  roles: v.array(v.string()),
  status: v.string(),
  user_id: v.optional(v.string(), ''),
  expires_at: v.optional(v.nullable(v.string())),
  created_at: v.string(),
});
const CreatedSchema = v.object({ secret: SecretSchema, api_key: v.string() });

/** Returns the stack to write to, or undefined for HTTP. An API key takes precedence over TOLLGATE_STACK. */
const stackFor = ({ stack, url, apiKey }: CreateOptions): string | undefined => {
  const environment = readCliEnvironment();
  return stack ?? (url === undefined && (apiKey ?? environment.apiKey) === undefined ? environment.stack : undefined);
};

const ifMade =
  'The key may have been created anyway, and its secret is then lost: check "tollgate keys list" and revoke it before you create another.';

/** Creates a key; `url` is the deployment it works for, if the caller does not know it yet. */
const make = async (request: KeyRequest, options: CreateOptions): Promise<{ answer: unknown; url?: string }> => {
  const stack = stackFor(options);
  if (stack === undefined) {
    return { answer: await connect(options).callOnce('POST', 'v1/secrets/api/keys', request, ifMade) };
  }
  return onStack({ stack }, async ({ table, apiUrl }) => ({
    answer: await createKeyInTable(table, request),
    url: apiUrl,
  }));
};

const create = async (name: string, options: CreateOptions): Promise<void> => {
  const { perSecond, burst = perSecond } = options;
  const request: KeyRequest = {
    name,
    type: 'private_key',
    ...(options.role && { roles: options.role }),
    ...(options.expiresAt !== undefined && { expires_at: options.expiresAt }),
    ...(perSecond !== undefined && { rate_limit: { per_second: perSecond, burst } }),
    ...(options.tenant !== undefined && { tenant_id: options.tenant }),
    ...(options.environment !== undefined && { environment_id: options.environment }),
  };
  const { answer, url } = await make(request, options);
  if (options.json) {
    printJson(answer);
    return;
  }
  const { secret, api_key: apiKey } = readAs(CreatedSchema, answer, 'an API key');
  console.log(apiKey);
  tell(`${secret.id} with ${secret.roles.join(', ')}. The key is shown only this once.`);
  if (url !== undefined) tell(`Use it with:\n${commandMark}export TOLLGATE_URL=${url} TOLLGATE_API_KEY=<the key>`);
};

/** @internal */
export const keyTable = (keys: readonly v.InferOutput<typeof SecretSchema>[], terminal: Terminal): string =>
  plainTable(
    ['id\nname\nroles\ncreated by', 'key\nstatus', 'created\nexpires'],
    keys.map((key) => [
      [
        visible(key.id),
        visible(key.name),
        key.roles.join(', '),
        ...(key.user_id === key.id || key.user_id === '' ? [] : [`by ${visible(key.user_id)}`]),
      ].join('\n'),
      `${visible(key.display_id)}\n${key.status}`,
      `${timeText(key.created_at)}\n${key.expires_at ? timeText(key.expires_at) : 'never'}`,
    ]),
    { terminal },
  );

const list = async (options: ConnectionOptions): Promise<void> => {
  const { call } = connect(options);
  const keys = await readList((path) => call('GET', path), 'v1/secrets/api/keys?', SecretSchema, 'API keys');
  if (options.json) {
    for (const key of keys) printJson(key);
    return;
  }
  console.log(keyTable(keys, readTerminal()));
};

const revoke = async (id: string, options: RevokeOptions): Promise<void> => {
  const path = `v1/secrets/api/keys/${encodeURIComponent(id)}`;
  try {
    await connect(options).call('DELETE', options.force === true ? `${path}?force=true` : path);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'unauthorized' && error.isAfterLoss)) throw error;
    throw new CliFailure(
      `${error.message}\nAn earlier attempt got no answer: if ${id} is the key in use, that attempt revoked it.`,
    );
  }
  if (options.json) printJson({ id, revoked: true });
  else tell(`${id} is revoked. Running functions stop accepting it within 30 seconds.`);
};

export const addKeysCommands = (program: Command): void => {
  const keys = program.command('keys').description('create, list and revoke API keys');
  withNotes(
    withConnection(keys.command('create'))
      .description('create a key (shown once)')
      .argument('<name>', 'a name that says what the key is for')
      .addOption(stackOption().conflicts(['url', 'apiKey']))
      .addOption(
        new Option(
          '--role <role>',
          `${roles.join(', ')}; repeatable (default: your roles; super_admin with --stack)`,
        ).argParser(collected),
      )
      .option('--expires-at <time>', 'RFC 3339 (default and maximum: when your key expires)')
      .option('--per-second <n>', 'rate limit (default and maximum: yours)', wholeNumber)
      .option('--burst <n>', 'requests at once (default: --per-second; maximum: yours)', wholeNumber)
      .option('--tenant <id>', 'tenant (default: yours; "default" with --stack)')
      .option('--environment <id>', 'environment (default: yours; "default" with --stack)'),
    [
      'With --stack, the key is written directly to the table of a deployed stack, with your AWS credentials: this is how the first key is created. TOLLGATE_STACK is used only when no API key is given. Required permissions: cloudformation:DescribeStacks, and dynamodb:PutItem, UpdateItem and GetItem on the table.',
    ],
    [
      'tollgate keys create first --stack tollgate-prod',
      'tollgate keys create billing-worker --role event_ingestor --per-second 100',
    ],
  ).action((name: string, options: CreateOptions) => create(name, options));
  withNotes(withConnection(keys.command('list')).description('list all keys'), [], ['tollgate keys list']).action(
    (options: ConnectionOptions) => list(options),
  );
  withNotes(
    withConnection(keys.command('revoke'))
      .description('revoke a key')
      .argument('<id>', 'the id that "tollgate keys list" shows')
      .option('--force', 'even if it is the longest-lived super_admin key of its tenant and environment'),
    [],
    ['tollgate keys revoke secret_01JABCDEF'],
  ).action((id: string, options: RevokeOptions) => revoke(id, options));
};
