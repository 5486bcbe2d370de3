// tollgate claims release: frees ids of events whose message was permanently lost.
import { type Command } from 'commander';
import * as v from 'valibot';
import { scopeIdSchema } from '../../shared/api/access/api-keys.ts';
import { msPerDay } from '../../shared/domain/time/instant.ts';
import { createClaimStore } from '../../shared/store/events/claims.ts';
import { createSegmentStore } from '../../shared/store/events/segments.ts';
import { CliFailure, exitCode } from '../process/failure.ts';
import { releasableAgeMs, releaseClaim, type ReleaseOutcome } from '../operator/release-claim.ts';
import { withNotes } from '../process/help.ts';
import { onStack, type StackOptions, withStack } from '../operator/stack.ts';
import { printJson, readTerminal } from '../process/terminal.ts';
import { wrapped } from '../process/text-width.ts';
import { visible } from '../print/visible-text.ts';

interface ReleaseOptions extends StackOptions {
  readonly tenant: string;
  readonly environment: string;
}

const days = (ms: number): string => (ms / msPerDay).toFixed(1);

const reasonOf = (outcome: Exclude<ReleaseOutcome, { kind: 'released' }>): string => {
  switch (outcome.kind) {
    case 'no_claim':
      return 'it has no claim and can simply be sent';
    case 'too_young':
      return `its batch ${outcome.batchId} arrived ${days(outcome.ageMs)} days ago and may still be processed until it is ${days(releasableAgeMs)} days old. Look for it with "tollgate dlq list" and redrive it`;
    case 'stored':
      return `it was stored by batch ${outcome.batchId}, so there is nothing to release`;
    case 'taken':
      return 'another batch has taken the id in the meantime';
  }
};

const scopeId = (option: string, text: string): string => {
  const parsed = v.safeParse(scopeIdSchema, text);
  if (parsed.success) return parsed.output;
  throw new CliFailure(`${option} ${parsed.issues[0].message}.`, exitCode.usage);
};

const toBody = (eventId: string, outcome: ReleaseOutcome) => ({
  event_id: eventId,
  released: outcome.kind === 'released',
  ...('batchId' in outcome && { batch_id: outcome.batchId }),
  ...(outcome.kind !== 'released' && { code: outcome.kind, reason: reasonOf(outcome) }),
});

const toLine = (eventId: string, outcome: ReleaseOutcome): string =>
  outcome.kind === 'released'
    ? `${eventId}: released from batch ${outcome.batchId}. Send it again to have it counted.`
    : `${eventId}: not released, ${reasonOf(outcome)}.`;

const release = async (eventIds: readonly string[], options: ReleaseOptions): Promise<void> => {
  const scope = {
    tenantId: scopeId('--tenant', options.tenant),
    environmentId: scopeId('--environment', options.environment),
  };
  await onStack(options, async ({ table, now }) => {
    const deps = { claims: createClaimStore(table), segments: createSegmentStore(table), now };
    for (const eventId of eventIds) {
      const outcome = await releaseClaim(deps, scope, eventId);
      if (options.json) printJson(toBody(eventId, outcome));
      else console.log(wrapped(toLine(visible(eventId), outcome), readTerminal().columns, 'between words'));
      if (outcome.kind !== 'released') process.exitCode = exitCode.failure;
    }
  });
};

export const addClaimsCommands = (program: Command): void => {
  const claims = program.command('claims').description('release claims on event ids');
  withNotes(
    withStack(claims.command('release'))
      .description('release the ids of events whose message was lost, so that they can be sent again')
      .argument('<event_id...>', 'the event_id of each event')
      .option('--tenant <id>', 'tenant', 'default')
      .option('--environment <id>', 'environment', 'default'),
    [
      `An event that stays "processing" has a claim but is not stored: its message is waiting, is in the dead-letter queue (see "tollgate dlq list"), or was lost there after 14 days. Only a lost one can be released: its batch is older than ${days(releasableAgeMs)} days, so it will never be processed, and no segment contains the event. Send the event again afterwards.`,
      'Required permissions: cloudformation:DescribeStacks, and dynamodb:GetItem, Query and DeleteItem on the table. With --json there is one object per id.',
    ],
    [
      'tollgate claims release order-4711 --stack tollgate-prod',
      ['tollgate claims release e1 e2 e3 --stack tollgate-prod', '--tenant acme --environment live'],
    ],
  ).action((eventIds: readonly string[], options: ReleaseOptions) => release(eventIds, options));
};
