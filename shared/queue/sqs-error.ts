// Trouble with SQS, told apart once: what may pass by itself, and what will not.
import { SQSServiceException } from '@aws-sdk/client-sqs';
import { DependencyError, isNetworkTrouble } from '../dependency-error.ts';

const passingNames = new Set(['KmsThrottled', 'RequestThrottled', 'ThrottlingException']);

const mayPass = (error: unknown): boolean =>
  error instanceof SQSServiceException
    ? error.$fault === 'server' || passingNames.has(error.name)
    : isNetworkTrouble(error);

export const toDependencyError = (error: unknown): DependencyError =>
  new DependencyError(mayPass(error) ? 'transient' : 'permanent', 'SQS request failed', { cause: error });
