// tollgate whoami: what the API key stands for, and which deployment answers.
import { type Command } from 'commander';
import * as v from 'valibot';
import { readAs } from '../client/answer.ts';
import { connect, type ConnectionOptions, withConnection } from '../client/connection.ts';
import { plainTable } from '../print/plain-table.ts';
import { timeText } from '../print/time-text.ts';
import { visible } from '../print/visible-text.ts';
import { withNotes } from '../process/help.ts';
import { printJson, readTerminal, type Terminal } from '../process/terminal.ts';

const WhoAmISchema = v.looseObject({
  key_id: v.string(),
  name: v.string(),
  tenant_id: v.string(),
  environment_id: v.string(),
  roles: v.array(v.string()),
  expires_at: v.optional(v.string()),
  rate_limit: v.optional(v.object({ per_second: v.number(), burst: v.number() })),
  stage: v.optional(v.string()),
  live: v.boolean(),
  version: v.string(),
});

const whoAmIText = (known: v.InferOutput<typeof WhoAmISchema>, terminal: Terminal): string => {
  const { expires_at: expiresAt, rate_limit: rate, stage } = known;
  return plainTable(
    [],
    [
      ['key', `${visible(known.name)} (${visible(known.key_id)})`],
      ['roles', known.roles.map(visible).join(', ')],
      ['environment', `${visible(known.environment_id)} of tenant ${visible(known.tenant_id)}`],
      ['expires', expiresAt === undefined ? 'never' : timeText(expiresAt)],
      ['rate limit', rate ? `${String(rate.per_second)} a second, ${String(rate.burst)} at once` : 'none'],
      ['stage', stage === undefined ? 'not named' : visible(stage)],
      ['live events', known.live ? 'on' : 'off'],
      ['version', visible(known.version)],
    ],
    { terminal, isCompact: true },
  );
};

const show = async (options: ConnectionOptions): Promise<void> => {
  const answer = await connect(options).call('GET', 'v1/whoami');
  if (options.json) printJson(answer);
  else console.log(whoAmIText(readAs(WhoAmISchema, answer, 'an API key'), readTerminal()));
};

export const addWhoAmICommand = (program: Command): void => {
  withNotes(
    withConnection(program.command('whoami')).description(
      'show what the API key may do, and which deployment it is for',
    ),
    [],
    ['tollgate whoami'],
  ).action((options: ConnectionOptions) => show(options));
};
