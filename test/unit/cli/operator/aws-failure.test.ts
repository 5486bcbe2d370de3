import { expect, test } from '@jest/globals';
import { awsFailure, dependencyFailure } from '../../../../cli/operator/aws-failure.ts';
import { DependencyError } from '../../../../shared/dependency-error.ts';

const named = (name: string, message: string, fields = {}) => Object.assign(new Error(message), { name, ...fields });
const user = 'User: arn:aws:iam::123456789012:user/eve is not authorized to perform: ';

test.each([
  [
    named('AccessDenied', `${user}cloudformation:DescribeStacks on resource: arn:aws:cloudformation:…`),
    'AWS does not allow cloudformation:DescribeStacks with these credentials: add it to their policy, or use other credentials (AWS_PROFILE).',
  ],
  [
    named('AccessDenied', 'Access to the resource https://sqs.eu-west-1.amazonaws.com/ is denied.'),
    'AWS does not allow this: SQS request failed: Access to the resource https://sqs.eu-west-1.amazonaws.com/ is denied.',
  ],
  [
    named('ExpiredTokenException', 'The security token included in the request is expired'),
    'AWS rejected the credentials (ExpiredTokenException: The security token included in the request is expired): sign in again, or set AWS_PROFILE to another profile.',
  ],
  [
    named('Error', 'getaddrinfo ENOTFOUND', { code: 'ENOTFOUND' }),
    'No answer from AWS (ENOTFOUND): check the network, the region, and AWS_ENDPOINT_URL if it is set.',
  ],
  [
    named('QueueDoesNotExist', 'The specified queue does not exist.'),
    'SQS request failed: The specified queue does not exist. (QueueDoesNotExist)',
  ],
])('%s is explained in a sentence', (error, sentence) => {
  expect(awsFailure(error, 'SQS request failed')).toMatchObject({ name: 'CliFailure', message: sentence, exitCode: 1 });
});

test('a DependencyError is explained by its cause', () => {
  const denied = named('AccessDeniedException', `${user}dynamodb:PutItem on resource: arn:aws:dynamodb:…`);
  const error = new DependencyError('permanent', 'DynamoDB request failed', { cause: denied });
  expect(dependencyFailure(error).message).toContain('AWS does not allow dynamodb:PutItem');
  expect(dependencyFailure(new DependencyError('transient', 'DynamoDB left keys unprocessed')).message).toBe(
    'DynamoDB left keys unprocessed',
  );
});
