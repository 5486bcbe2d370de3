// Law: an error of AWS is transient unless it is known to be permanent, whatever its code, name or wrapping.
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { SQSServiceException } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ConnectionFailure } from '../../../../cli/client/api-client.ts';
import { isNetworkTrouble } from '../../../../shared/dependency-error.ts';
import { toDependencyError as ofQueue } from '../../../../shared/queue/sqs-error.ts';
import { statementError, toDependencyError as ofTable } from '../../../../shared/store/table/dynamodb-error.ts';

const withCode = (code: string): Error => Object.assign(new Error('no'), { code });
const inDynamoDb = (name: string) => new DynamoDBServiceException({ name, $fault: 'client', $metadata: {} });
const inSqs = (name: string) => new SQSServiceException({ name, $fault: 'client', $metadata: {} });
const kinds = (error: unknown) => [ofTable(error).kind, ofQueue(error).kind];
const [passing, lasting] = [
  ['transient', 'transient'],
  ['permanent', 'permanent'],
];

describe('an error of AWS', () => {
  const unknown = fc.stringMatching(/^E[A-Z_]{2,20}$/).filter((code) => !code.startsWith('ERR_'));

  test('with an unknown code is transient, however it is wrapped', () => {
    fc.assert(
      fc.property(unknown, fc.constantFrom(Error, TypeError), fc.nat(3), (code, Wrapper, depth) => {
        let error = withCode(code);
        for (let level = 0; level < depth; level += 1) error = new Wrapper('fetch failed', { cause: error });
        expect(kinds(error)).toEqual(passing);
        expect(isNetworkTrouble(error)).toBe(true);
        expect(new ConnectionFailure('http://x', error).isAbsent).toBe(['ECONNREFUSED', 'ENOTFOUND'].includes(code));
        for (const name of [code, `${code}Exception`]) {
          expect(kinds(inDynamoDb(name))).toEqual(passing);
          expect(kinds(inSqs(name))).toEqual(passing);
          expect(statementError(name).kind).toBe('transient');
        }
      }),
    );
  });

  test.each([
    'ECONNRESET',
    'EPIPE',
    'EAI_AGAIN',
    'ENETUNREACH',
    'EHOSTUNREACH',
    'EPROTO',
    'UND_ERR_SOCKET',
    'UND_ERR_HEADERS_TIMEOUT',
    'ERR_HTTP2_STREAM_ERROR',
    'ERR_STREAM_PREMATURE_CLOSE',
    'HPE_INVALID_CONSTANT',
  ])('for %s is transient', (code) => {
    expect(kinds(withCode(code))).toEqual(passing);
  });

  test.each([
    ['a time that is over', Object.assign(new Error('no'), { name: 'TimeoutError' })],
    ['a request that was given up', Object.assign(new Error('no'), { name: 'AbortError' })],
    ['an answer that cannot be read', Object.assign(new SyntaxError('Unexpected token <'), { $response: {} })],
    ['what is no error', 'no'],
    ['a failure of the server', inDynamoDb('InternalServerError')],
    ['throttling of a new kind', inSqs('TooBusyToday')],
  ])('for %s is transient, too', (_, error) => {
    expect(kinds(error)).toEqual(passing);
  });

  test.each([
    ['denial', inDynamoDb('AccessDeniedException')],
    ['a request that is not valid', inDynamoDb('ValidationException')],
    ['a table that is not there', inDynamoDb('ResourceNotFoundException')],
    ['a queue that is not there', inSqs('QueueDoesNotExist')],
    ['a signature that is not good', inSqs('SignatureDoesNotMatch')],
    ['no credentials', Object.assign(new Error('no'), { name: 'CredentialsProviderError' })],
    ['a certificate that is over', withCode('CERT_HAS_EXPIRED')],
    ['an endpoint that is no URL', Object.assign(new TypeError('no'), { code: 'ERR_INVALID_URL' })],
    ['a mistake of ours', new TypeError('undefined is not a function')],
  ])('for %s is permanent', (_, error) => {
    expect(kinds(error)).toEqual(lasting);
    expect(isNetworkTrouble(error)).toBe(false);
  });

  test.each(['AccessDenied', 'ValidationError', 'ResourceNotFound', 'ItemCollectionSizeLimitExceeded'])(
    'of a statement with %s is permanent',
    (code) => {
      expect(statementError(code).kind).toBe('permanent');
    },
  );
});
