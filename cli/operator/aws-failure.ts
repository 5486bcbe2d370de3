// Turns an AWS error into a sentence that says what to do about it.
import { type DependencyError, isNetworkTrouble } from '../../shared/dependency-error.ts';
import { CliFailure } from '../process/failure.ts';

const deniedNames = new Set(['AccessDenied', 'AccessDeniedException', 'KMS.AccessDeniedException', 'KmsAccessDenied']);
const credentialNames = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.message || error.name;

/** The action that was denied; AWS names it only in the text of its error. */
const deniedAction = (message: string): string | undefined => /perform: ([\w-]+:\w+)/.exec(message)?.[1];

const sentenceOf = (error: Error, request: string): string => {
  const { name, message } = error;
  if (deniedNames.has(name)) {
    const action = deniedAction(message);
    return action === undefined
      ? `AWS does not allow this: ${request}: ${message}`
      : `AWS does not allow ${action} with these credentials: add it to their policy, or use other credentials (AWS_PROFILE).`;
  }
  if (credentialNames.has(name)) {
    return `AWS rejected the credentials (${name}: ${message}): sign in again, or set AWS_PROFILE to another profile.`;
  }
  if (isNetworkTrouble(error)) {
    return `No answer from AWS (${codeOf(error)}): check the network, the region, and AWS_ENDPOINT_URL if it is set.`;
  }
  return `${request}: ${message || name} (${name})`;
};

/** Returns the failure of `request`, the name of the call that did not succeed. */
export const awsFailure = (error: Error, request: string): CliFailure => new CliFailure(sentenceOf(error, request));

export const dependencyFailure = ({ cause, message }: DependencyError): CliFailure =>
  cause instanceof Error ? awsFailure(cause, message) : new CliFailure(message);
