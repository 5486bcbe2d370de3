// One deployment of Tollgate: storage, pipeline, API, alarms, and the console where the stage hosts it.
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import packageJson from '../package.json' with { type: 'json' };
import { createAlarms } from './alarms.ts';
import { consoleFolder as ownConsole } from './console-build.ts';
import { consoleBase } from './console-policy.ts';
import { createConsoleSite } from './console-site.ts';
import { createDashboard } from './dashboard.ts';
import { packagedOpenApi } from './function-bundle.ts';
import { createHttpApi } from './http-api.ts';
import { createFunction } from './lambda-function.ts';
import { createQueues, feedProcessor, grantCounting, grantSending, processorTimeout } from './pipeline.ts';
import { stackOutputs } from './stack-outputs.ts';
import type { Stage } from './stage.ts';
import { createTable } from './storage.ts';

export interface TollgateStackProps extends StackProps {
  readonly stage: Stage;
  /** The folder that contains a folder per bundled function. */
  readonly bundles: string;
  /** The build of the console; that of this repository if omitted. */
  readonly consoleFolder?: string;
}

/** API Gateway's limit on the duration of a request. */
const httpTimeout = Duration.seconds(29);

export class TollgateStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { stage, bundles, consoleFolder = ownConsole, ...props }: TollgateStackProps,
  ) {
    super(scope, id, props);
    const table = createTable(this, stage);
    const queues = createQueues(this, stage);

    const metricNamespace = `Tollgate/${id}`;
    const common = { LOG_LEVEL: stage.logLevel, METRIC_NAMESPACE: metricNamespace, TABLE_NAME: table.tableName };
    const retention = { RETENTION_DAYS: String(stage.eventRetentionDays) };
    const live = { LIVE: stage.isLive ? 'on' : 'off' } as const;
    const queue = { QUEUE_URL: queues.queue.queueUrl };
    const house = { table, stage, bundles };
    const functions = {
      ingest: createFunction(this, {
        ...house,
        name: 'ingest',
        description: 'Accepts usage events: validates, enqueues, answers 202',
        environment: { ...common, ...retention, ...queue },
        timeout: httpTimeout,
      }),
      processor: createFunction(this, {
        ...house,
        name: 'processor',
        description: 'Claims, decides and stores the events in the queue',
        environment: { ...common, ...retention, ...live },
        timeout: processorTimeout,
      }),
      query: createFunction(this, {
        ...house,
        name: 'query',
        description: 'Explains and lists events, and answers usage queries',
        environment: {
          ...common,
          ...retention,
          ...queue,
          ...live,
          STAGE: stage.name,
          VERSION: packageJson.version,
          DEAD_LETTER_QUEUE_URL: queues.deadLetterQueue.queueUrl,
          QUEUE_NAME: queues.queue.queueName,
        },
        timeout: httpTimeout,
      }),
      catalog: createFunction(this, {
        ...house,
        name: 'catalog',
        description: 'Meters, features, customers, plans, prices, subscriptions, API keys',
        environment: { ...common, OPENAPI_FILE: packagedOpenApi },
        timeout: httpTimeout,
      }),
    };
    grantSending(functions.ingest, queues);
    grantCounting(functions.query, queues);
    feedProcessor(functions.processor, queues, stage);

    const api = createHttpApi(this, functions, stage);
    const apiOrigin = `https://${api.restApiId}.execute-api.${this.region}.${this.urlSuffix}`;
    const apiUrl = `${apiOrigin}/${api.deploymentStage.stageName}`;
    const watched = { functions, queues, api };
    const alarms = createAlarms(this, watched);
    createDashboard(this, { ...watched, table, alarms, metricNamespace });

    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });
    output(stackOutputs.apiUrl, apiUrl, 'The URL of the HTTP API; paths begin with /v1');
    output(stackOutputs.tableName, table.tableName, 'The table');
    output(stackOutputs.queueUrl, queues.queue.queueUrl, 'The event queue');
    output(stackOutputs.deadLetterQueueUrl, queues.deadLetterQueue.queueUrl, 'The dead-letter queue');

    if (stage.hasConsole) {
      const site = createConsoleSite(this, { folder: consoleFolder, apiUrl, apiOrigin });
      output('ConsoleUrl', `https://${site.distributionDomainName}${consoleBase}`, 'The web console');
    }
  }
}
