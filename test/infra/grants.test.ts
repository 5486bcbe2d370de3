// Checks that each function has exactly the permissions it needs, by name, on its own items and queues.
import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type FunctionName, functionNames } from '../../shared/config.ts';
import { keyPrefixes } from '../../shared/store/table/keys.ts';
import { tableAccess } from '../../shared/store/table/table-access.ts';
import { deployedFunction, only, Reference, synthesize } from '../support/synthesized.ts';

const dev = await synthesize('dev');
const prod = await synthesize('prod');

/** Sorted; a single one may stand alone. */
const texts = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((sent) => (typeof sent === 'string' ? [sent] : sent.toSorted())),
);
const StatementSchema = v.object({
  Effect: v.string(),
  Action: texts,
  Resource: v.unknown(),
  Condition: v.optional(v.record(v.string(), v.record(v.string(), v.unknown())), {}),
});
const PolicySchema = v.object({
  PolicyDocument: v.object({ Statement: v.array(StatementSchema) }),
  Roles: v.array(Reference),
});
const statementsOf = (name: FunctionName, stack = dev) => {
  const [role] = deployedFunction(stack, name).Role['Fn::GetAtt'];
  return stack
    .ofType('AWS::IAM::Policy')
    .map(({ properties }) => v.parse(PolicySchema, properties))
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
};

const [get, getMany, query] = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const [put, update, insert] = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:PartiQLInsert'];
const tableActions = {
  ingest: { reads: [get], writes: [put] },
  processor: { reads: [getMany, get, query], writes: [insert, put, update] },
  query: { reads: [getMany, get, query], writes: [put] },
  catalog: { reads: [getMany, get, query], writes: [insert, put, update] },
};

describe.each(functionNames)('the function %s', (name) => {
  test('the function may read and write the items it is granted, and no others', () => {
    const ofTable = statementsOf(name).filter(({ Action }) => Action.some((action) => action.startsWith('dynamodb:')));
    const keysOf = (kinds: readonly (keyof typeof keyPrefixes)[]) => ({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': kinds.map((kind) => `${keyPrefixes[kind]}*`) },
    });
    expect(ofTable.map(({ Action, Condition }) => ({ Action, Condition }))).toEqual([
      { Action: tableActions[name].reads, Condition: keysOf(tableAccess[name].reads) },
      { Action: tableActions[name].writes, Condition: keysOf(tableAccess[name].writes) },
    ]);
  });

  test('actions are granted by name, and on all resources only where AWS supports nothing narrower: traces, metrics', () => {
    const reads = name === 'query' ? ['cloudwatch:GetMetricStatistics'] : [];
    for (const statements of [statementsOf(name), statementsOf(name, prod)]) {
      expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
      const unbounded = statements.filter(({ Resource }) => JSON.stringify(Resource).includes('"*"'));
      expect(unbounded.map(({ Action }) => Action)).toEqual([
        [...reads, 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
      ]);
    }
  });
});

describe('the grants', () => {
  test('queue grants cover only that queue, and only one function may count the dead-letter queue', () => {
    const queue = only(dev.ofType('AWS::SQS::Queue').filter(({ properties }) => 'RedrivePolicy' in properties));
    const deadLetters = only(
      dev.ofType('AWS::SQS::Queue').filter(({ properties }) => !('RedrivePolicy' in properties)),
    );
    const arnOf = ({ id }: { id: string }) => ({ 'Fn::GetAtt': [id, 'Arn'] });
    const resourcesOf = (name: FunctionName) => [
      ...new Set(
        statementsOf(name)
          .filter(({ Action }) => Action.some((action) => action.startsWith('sqs:')))
          .map(({ Resource }) => JSON.stringify(Resource)),
      ),
    ];
    expect(Object.fromEntries(functionNames.map((name) => [name, resourcesOf(name)]))).toEqual({
      ingest: [JSON.stringify(arnOf(queue))],
      processor: [JSON.stringify(arnOf(queue))],
      query: [JSON.stringify([arnOf(deadLetters), arnOf(queue)])],
      catalog: [],
    });
  });

  const actionsOn = (service: string) =>
    Object.fromEntries(
      functionNames.map((name) => [
        name,
        statementsOf(name)
          .flatMap(({ Action }) => Action)
          .filter((action) => action.startsWith(`${service}:`)),
      ]),
    );

  test('the query function may write only derived state and rate buckets', () => {
    expect(tableAccess.query.writes).toEqual(['dayPage', 'rateBucket']);
  });

  test('sending, receiving and counting messages are each granted to one function', () => {
    expect(actionsOn('sqs')).toEqual({
      ingest: ['sqs:SendMessage'],
      processor: [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
      ],
      query: ['sqs:GetQueueAttributes'],
      catalog: [],
    });
  });
});
