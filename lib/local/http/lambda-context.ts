// Builds the context that Lambda passes to a handler, as far as one process can.
import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

/** Builds a context whose `getRemainingTimeInMillis` counts down from `timeoutMs`, starting now. */
export const lambdaContext = (functionName: string, timeoutMs: number): Context => {
  const deadline = Date.now() + timeoutMs;
  const unused = (): never => {
    throw new Error('handlers return promises');
  };
  /* eslint-disable @typescript-eslint/no-deprecated -- the type still requires them */
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '1024',
    awsRequestId: randomUUID(),
    logGroupName: functionName,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: unused,
    fail: unused,
    succeed: unused,
  };
  /* eslint-enable @typescript-eslint/no-deprecated */
};
