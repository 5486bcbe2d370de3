// Checks what cdk-nag does not check in the synthesized stack: environments, the queue's times, the table's safety.
import { describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { stackOutputs } from '../../lib/stack-outputs.ts';
import { configSchemas, type FunctionName, functionNames, readConfig } from '../../shared/config.ts';
import { tableShape } from '../../shared/store/table/table.ts';
import { deployed } from '../bench/cost-model.ts';
import { mostMessages } from '../bench/cost-options.ts';
import { deployedFunction, only, type Resource, synthesize } from '../support/synthesized.ts';

const dev = await synthesize('dev');
const prod = await synthesize('prod');

const functionOf = (name: FunctionName) => deployedFunction(dev, name);

describe('the table', () => {
  const ReplicaSchema = v.object({
    DeletionProtectionEnabled: v.boolean(),
    PointInTimeRecoverySpecification: v.object({ PointInTimeRecoveryEnabled: v.boolean() }),
  });
  const tableOf = ({ ofType }: typeof dev): Resource => only(ofType('AWS::DynamoDB::GlobalTable'));
  const replicaOf = (stack: typeof dev) => only(v.parse(v.array(ReplicaSchema), tableOf(stack).properties['Replicas']));

  test('the table has the shape that the stores expect, on demand', () => {
    expect(tableOf(dev).properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: tableShape.partitionKey, KeyType: 'HASH' },
        { AttributeName: tableShape.sortKey, KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: tableShape.ttlAttribute, Enabled: true },
    });
  });

  test('the table can be restored to a point in time, and in production it outlives the stack', () => {
    const recovery = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
    expect(replicaOf(dev)).toEqual({ ...recovery, DeletionProtectionEnabled: false });
    expect(replicaOf(prod)).toEqual({ ...recovery, DeletionProtectionEnabled: true });
    expect([tableOf(dev).deletionPolicy, tableOf(prod).deletionPolicy]).toEqual(['Delete', 'RetainExceptOnCreate']);
  });
});

describe('the queue', () => {
  const queues = dev.ofType('AWS::SQS::Queue');
  const queue = only(queues.filter(({ properties }) => 'RedrivePolicy' in properties));
  const deadLetters = only(queues.filter(({ properties }) => !('RedrivePolicy' in properties)));

  test('the queue redelivers a batch eight times, late enough, and then sets it aside for 14 days', () => {
    const { Timeout } = functionOf('processor');
    expect(Timeout).toBeLessThan(300);
    expect(queue.properties['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * Timeout);
    expect(queue.properties).toMatchObject({
      MessageRetentionPeriod: 4 * 86_400,
      RedrivePolicy: { maxReceiveCount: 8, deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters.id, 'Arn'] } },
    });
    expect(deadLetters.properties['MessageRetentionPeriod']).toBe(14 * 86_400);
  });

  test('the processor reads the queue, and reports failed messages individually', () => {
    expect(only(dev.ofType('AWS::Lambda::EventSourceMapping')).properties).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': [queue.id, 'Arn'] },
      FunctionName: { Ref: functionOf('processor').id },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: expect.any(Number) },
    });
  });

  test('the queue refuses requests without TLS', () => {
    const guarded = dev.ofType('AWS::SQS::QueuePolicy').map(({ properties }) => properties);
    for (const { id } of queues) {
      expect(guarded).toContainEqual(
        expect.objectContaining({
          Queues: [{ Ref: id }],
          PolicyDocument: expect.objectContaining({
            Statement: [
              expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
            ],
          }),
        }),
      );
    }
  });
});

describe.each(functionNames)('the function %s', (name) => {
  test('the function gets the complete, valid environment of its config schema', () => {
    const { Environment } = functionOf(name);
    const given = Object.keys(Environment.Variables);
    expect(['AWS_REGION', ...given].sort()).toEqual(Object.keys(configSchemas[name].entries).sort());
    const known: Record<string, string> = { AWS_REGION: 'eu-west-1' };
    for (const [key, value] of Object.entries(Environment.Variables)) {
      known[key] = typeof value === 'string' ? value : 'known once it is deployed';
    }
    expect(() => readConfig(name, known)).not.toThrow();
  });

  test('the function runs on arm64 and Node 24, logs JSON with a retention, is traced, and has its own role', () => {
    const { raw, LoggingConfig, Role } = functionOf(name);
    expect(raw).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON' },
    });
    const log = dev.ofType('AWS::Logs::LogGroup').find(({ id }) => id === LoggingConfig.LogGroup.Ref);
    expect(log?.properties).toMatchObject({
      LogGroupName: `/aws/lambda/tollgate-dev-${name}`,
      RetentionInDays: expect.any(Number),
    });
    expect(functionNames.filter((other) => functionOf(other).Role['Fn::GetAtt'][0] === Role['Fn::GetAtt'][0])).toEqual([
      name,
    ]);
  });

  test('the function has an alarm for errors and one for throttles', () => {
    const alarms = dev.ofType('AWS::CloudWatch::Alarm').map(({ properties }) => properties);
    for (const MetricName of ['Errors', 'Throttles']) {
      const Dimensions = [{ Name: 'FunctionName', Value: { Ref: functionOf(name).id } }];
      expect(alarms).toContainEqual(expect.objectContaining({ MetricName, Dimensions }));
    }
  });
});

test('the cost estimate counts the deployed alarms and dashboards', () => {
  expect(dev.ofType('AWS::CloudWatch::Alarm')).toHaveLength(deployed.alarms);
  expect(dev.ofType('AWS::CloudWatch::Dashboard')).toHaveLength(deployed.dashboards);
  expect(only(dev.ofType('AWS::Lambda::EventSourceMapping')).properties['BatchSize']).toBe(mostMessages);
});

describe('the alarms', () => {
  const prefix = 'tollgate-dev-';
  const alarms = dev.ofType('AWS::CloudWatch::Alarm').map(({ properties }) => properties);

  test('each alarm has a section in the runbook, and the runbook has no others', async () => {
    const runbook = await readFile(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const [, pages = ''] = /^## Alarms$(.*?)^## /ms.exec(runbook) ?? [];
    const headings = [...pages.matchAll(/^### (.+)$/gm)].flatMap(([, names = '']) => names.split(', '));
    expect(headings.sort()).toEqual(alarms.map(({ AlarmName }) => String(AlarmName).slice(prefix.length)).sort());
  });

  test('the alarms may publish to their topic', () => {
    const { PolicyDocument } = v.parse(
      v.looseObject({ PolicyDocument: v.object({ Statement: v.array(v.looseObject({ Effect: v.string() })) }) }),
      only(dev.ofType('AWS::SNS::TopicPolicy')).properties,
    );
    expect(PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({ Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } }),
    ]);
  });

  test('the alarms notify when they begin and when they end', () => {
    const topic = [{ Ref: only(dev.ofType('AWS::SNS::Topic')).id }];
    for (const alarm of alarms) expect(alarm).toMatchObject({ AlarmActions: topic, OKActions: topic });
  });
});

describe('the dashboard', () => {
  test('the dashboard finds metrics by dimension, and there is one per region', () => {
    const { DashboardBody, DashboardName } = only(dev.ofType('AWS::CloudWatch::Dashboard')).properties;
    const search = 'SEARCH(\'{"Tollgate/tollgate-dev","failure_point"} MetricName="unmatched_events"\', \'Sum\')';
    expect(JSON.stringify(DashboardBody)).toContain(JSON.stringify(JSON.stringify(search).slice(1, -1)).slice(1, -1));
    expect(JSON.stringify(DashboardName)).toContain('AWS::Region');
  });
});

describe('the stack', () => {
  test('what records arrivals and what answers them agree on whether the stage is live', () => {
    for (const [stack, LIVE] of [
      [dev, 'on'],
      [prod, 'off'],
    ] as const) {
      for (const name of ['processor', 'query'] as const) {
        expect(deployedFunction(stack, name).Environment.Variables).toMatchObject({ LIVE });
      }
    }
    expect(functionOf('query').Environment.Variables).toMatchObject({ STAGE: 'dev' });
  });

  test('the stack has the outputs that the command line reads, and the address of the console where it hosts it', () => {
    const known = Object.values(stackOutputs);
    expect(prod.outputs.toSorted()).toEqual(known.toSorted());
    expect(dev.outputs.toSorted()).toEqual([...known, 'ConsoleUrl'].toSorted());
  });

  test('the stack is well below the 500 resources of CloudFormation', () => {
    expect(dev.resources.length).toBeLessThan(400);
  });

  test('the stack has its tags', () => {
    const Tags = [
      { Key: 'app', Value: 'tollgate' },
      { Key: 'stage', Value: 'prod' },
    ];
    for (const { properties } of prod.ofType('AWS::SQS::Queue')) expect(properties).toMatchObject({ Tags });
  });
});
