// Reads from CloudWatch when the oldest waiting message was sent. Its client is not in the bundle: Lambda's runtime has one,
// and it is loaded only when something waits.
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';

/**
 * Returns UTC milliseconds: no waiting message was sent before, except those received more than three times, which SQS does not
 * count. undefined: not known, also when CloudWatch cannot be asked.
 */
export type OldestSentReader = () => Promise<number | undefined>;

type CloudWatch = Pick<typeof import('@aws-sdk/client-cloudwatch'), 'CloudWatchClient' | 'GetMetricStatisticsCommand'>;

export interface OldestSentDeps {
  /** "": a queue that is not measured. */
  readonly queueName: string;
  readonly region: string;
  /** UTC milliseconds. */
  readonly now: () => number;
  readonly load?: () => Promise<CloudWatch>;
}

/** SQS measures once a minute, and shows it some minutes later. */
const periodSeconds = 60;
const lookBackMs = 10 * 60_000;
/** How long an answer is cached: an older one is still right, only less recent. */
const cachedMs = 60_000;

/** Creates the reader, one per process. */
export const createOldestSentReader = ({
  queueName,
  region,
  now,
  load = () => import('@aws-sdk/client-cloudwatch'),
}: OldestSentDeps): OldestSentReader => {
  let client: CloudWatchClient | undefined;
  let known: { readonly at: number; readonly sentAt: number | undefined } | undefined;

  const read = async (at: number): Promise<number | undefined> => {
    const { CloudWatchClient, GetMetricStatisticsCommand } = await load();
    client ??= new CloudWatchClient({
      region,
      maxAttempts: 2,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_000, throwOnRequestTimeout: true },
    });
    const { Datapoints = [] } = await client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateAgeOfOldestMessage',
        Dimensions: [{ Name: 'QueueName', Value: queueName }],
        StartTime: new Date(at - lookBackMs),
        EndTime: new Date(at),
        Period: periodSeconds,
        Statistics: ['Maximum'],
      }),
    );
    const sentAt = Datapoints.flatMap(({ Timestamp, Maximum }) =>
      Timestamp === undefined || Maximum === undefined ? [] : [Timestamp.getTime() - Maximum * 1_000],
    );
    return sentAt.length === 0 ? undefined : Math.max(...sentAt);
  };

  return async () => {
    if (queueName === '') return undefined;
    const at = now();
    if (known !== undefined && at - known.at < cachedMs) return known.sentAt;
    try {
      known = { at, sentAt: await read(at) };
    } catch {
      known = undefined;
    }
    return known?.sentAt;
  };
};
