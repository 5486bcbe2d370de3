// The alarms, each with its page in the runbook, and the topic they go to.
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Alarm, ComparisonOperator, type IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { FunctionName } from '../shared/config.ts';
import type { Queues } from './pipeline.ts';

export interface Watched {
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>;
  readonly queues: Queues;
  readonly api: RestApi;
}

interface AlarmSpec {
  /** End of the alarm's name, and the heading of its section in the runbook. */
  readonly name: string;
  readonly description: string;
  readonly metric: IMetric;
  /** It alarms above this value. */
  readonly threshold: number;
  /** How many of the last five minutes must be above it. */
  readonly minutes: 1 | 3;
}

const evaluatedMinutes = 5;
const minute = Duration.minutes(1);

const specsOf = ({ functions, queues, api }: Watched): readonly AlarmSpec[] => [
  {
    name: 'dead-letters',
    description: 'Messages failed eight times and wait in the dead-letter queue: their events are not counted yet',
    metric: queues.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
      period: minute,
      statistic: Stats.MAXIMUM,
    }),
    threshold: 0,
    minutes: 1,
  },
  {
    name: 'queue-age',
    description: 'The oldest accepted event has waited for over five minutes',
    metric: queues.queue.metricApproximateAgeOfOldestMessage({ period: minute, statistic: Stats.MAXIMUM }),
    threshold: 300,
    minutes: 3,
  },
  ...Object.entries(functions).flatMap(([name, watched]): AlarmSpec[] => [
    {
      name: `${name}-errors`,
      description: `Invocations of ${name} crashed or timed out`,
      metric: watched.metricErrors({ period: minute, statistic: Stats.SUM }),
      threshold: 0,
      minutes: 1,
    },
    {
      name: `${name}-throttles`,
      description: `Lambda refused to run ${name}: the account's concurrency is used up`,
      metric: watched.metricThrottles({ period: minute, statistic: Stats.SUM }),
      threshold: 0,
      minutes: 3,
    },
  ]),
  {
    name: 'api-5xx',
    description: 'Requests were answered with 5xx',
    metric: api.metricServerError({ period: minute, statistic: Stats.SUM }),
    threshold: 0,
    minutes: 3,
  },
  {
    name: 'api-latency',
    description: 'One request in a hundred takes over five seconds',
    metric: api.metricLatency({ period: minute, statistic: Stats.percentile(99) }),
    threshold: 5_000,
    minutes: 3,
  },
];

/** Creates the alarms and their topic; the runbook says how to subscribe to it. */
export const createAlarms = (scope: Construct, watched: Watched): readonly Alarm[] => {
  const { stackName } = Stack.of(scope);
  const topic = new Topic(scope, 'AlarmTopic', { topicName: `${stackName}-alarms`, enforceSSL: true });
  Validations.of(topic).acknowledge({
    id: 'AwsSolutions-SNS2',
    reason: 'names of alarms are no secret; a key costs while idle, and CloudWatch may not use the one of AWS',
  });
  // A topic with its own policy loses the default one, which allowed the account's alarms to publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  const action = new SnsAction(topic);
  return specsOf(watched).map(({ name, description, metric, threshold, minutes }) => {
    const alarm = new Alarm(scope, `Alarm-${name}`, {
      alarmName: `${stackName}-${name}`,
      alarmDescription: `${description}. Runbook: docs/runbook.md, "${name}".`,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: evaluatedMinutes,
      datapointsToAlarm: minutes,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  });
};
