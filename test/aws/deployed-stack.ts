// The stack that was deployed for these tests, as a driver of scenarios. Its metrics are read from the logs of its functions.
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { functionNames } from '../../shared/config.ts';
import type { OpenDriver } from '../support/drivers/driver.ts';
import { openHttpDriver } from '../support/drivers/driver-http.ts';
import { createMetricSums, type MetricSums } from '../support/drivers/metric-lines.ts';
import { deployment } from './deployment.ts';
import { decodesPathParameters } from './emulator-gaps.ts';

const readMetrics = async (client: CloudWatchLogsClient, stack: string): Promise<MetricSums> => {
  const { write, sums } = createMetricSums();
  for (const name of functionNames) {
    const pages = paginateFilterLogEvents({ client }, { logGroupName: `/aws/lambda/${stack}-${name}` });
    for await (const { events = [] } of pages) for (const { message = '' } of events) write(message);
  }
  return sums();
};

/** Without what works around the emulator's gaps. */
export const openPlainly: OpenDriver = () => {
  const { stack, ...connection } = deployment();
  const client = new CloudWatchLogsClient();
  return Promise.resolve(
    openHttpDriver(connection, {
      metrics: () => readMetrics(client, stack),
      close: () => {
        client.destroy();
        return Promise.resolve();
      },
    }),
  );
};

const encodedOnceMore = (target: string): string => {
  const [path = '', ...query] = target.split(/(?=\?)/);
  return path.replaceAll('%', '%25') + query.join('');
};

export const openDeployedStack: OpenDriver = async () => {
  const driver = await openPlainly();
  const isDecoded = await decodesPathParameters.isOpen(driver, deployment());
  if (!isDecoded) return driver;
  return { ...driver, request: (method, target, ...rest) => driver.request(method, encodedOnceMore(target), ...rest) };
};
