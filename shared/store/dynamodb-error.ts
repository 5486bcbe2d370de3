// Trouble with DynamoDB, told apart once: what may pass by itself, and what will not.
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { DependencyError, isNetworkTrouble } from '../dependency-error.ts';

/** Of whole requests, and (without the suffix) of single statements of a PartiQL batch. */
const passingCodes = new Set([
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingError',
  'ThrottlingException',
  'TransactionConflict',
  'TransactionConflictException',
]);

const mayPass = (error: unknown): boolean => {
  if (error instanceof DynamoDBServiceException) return error.$fault === 'server' || passingCodes.has(error.name);
  return isNetworkTrouble(error);
};

export const toDependencyError = (error: unknown): DependencyError =>
  new DependencyError(mayPass(error) ? 'transient' : 'permanent', 'DynamoDB request failed', { cause: error });

/** For one statement of a PartiQL batch, which fails with a code and no exception. */
export const statementError = (code: string): DependencyError =>
  new DependencyError(passingCodes.has(code) ? 'transient' : 'permanent', `DynamoDB statement failed: ${code}`);
