// The context Lambda hands to a handler, as far as one process can have it.
import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

/** `timeoutMs`: what `getRemainingTimeInMillis` counts down from, now. */
export const lambdaContext = (functionName: string, timeoutMs: number): Context => {
  const deadline = Date.now() + timeoutMs;
  const unused = (): never => {
    throw new Error('handlers answer by their promise');
  };
  /* eslint-disable @typescript-eslint/no-deprecated -- the type still asks for them */
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
