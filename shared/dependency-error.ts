// Classifies AWS errors once, where they arise: transient or permanent.

export type DependencyErrorKind = 'transient' | 'permanent';

/**
 * Error of a dependency (DynamoDB, SQS).
 * `transient`: may pass (throttled, timed out, unavailable): 503 over HTTP, redelivery in the queue.
 * `permanent`: will not pass by itself (denied, malformed): 500 over HTTP, then the dead-letter queue.
 */
export class DependencyError extends Error {
  readonly kind: DependencyErrorKind;

  constructor(kind: DependencyErrorKind, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'DependencyError';
    this.kind = kind;
  }
}

export const isTransient = (error: unknown): boolean => error instanceof DependencyError && error.kind === 'transient';

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Names of errors of AWS and its SDK that no retry fixes, without `Exception` or `Error` at the end. */
const lastingNames = wordsOf(`
  AccessDenied CredentialsProvider ExpiredToken IncompleteSignature InvalidClientTokenId InvalidSecurity InvalidSignature
  KMS.AccessDenied KmsAccessDenied KmsDisabled KmsInvalidKeyUsage KmsNotFound KmsOptInRequired MissingAuthenticationToken
  NotAuthorized OptInRequired SignatureDoesNotMatch SubscriptionRequired TokenProvider UnrecognizedClient

  ConditionalCheckFailed DuplicateItem IdempotentParameterMismatch InvalidAction ItemCollectionSizeLimitExceeded
  MissingAction ResourceInUse ResourceNotFound Serialization TableNotFound TransactionCanceled UnknownOperation
  UnsupportedOperation Validation

  AWS.SimpleQueueService.NonExistentQueue BatchEntryIdsNotDistinct BatchRequestTooLong EmptyBatchRequest InvalidAddress
  InvalidAttributeName InvalidAttributeValue InvalidBatchEntryId InvalidMessageContents InvalidParameterValue
  MessageNotInflight QueueDoesNotExist ReceiptHandleIsInvalid TooManyEntriesInBatchRequest
`);
/** Node's codes for requests that cannot be written and for invalid certificates. */
const lastingCodes = wordsOf(`
  ERR_INVALID_ARG_TYPE ERR_INVALID_ARG_VALUE ERR_INVALID_CHAR ERR_INVALID_HTTP_TOKEN ERR_INVALID_PROTOCOL ERR_INVALID_URL
  ERR_UNESCAPED_CHARACTERS

  CERT_CHAIN_TOO_LONG CERT_HAS_EXPIRED CERT_NOT_YET_VALID CERT_REJECTED CERT_REVOKED CERT_UNTRUSTED
  DEPTH_ZERO_SELF_SIGNED_CERT ERR_TLS_CERT_ALTNAME_INVALID HOSTNAME_MISMATCH INVALID_CA INVALID_PURPOSE
  PATH_LENGTH_EXCEEDED SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY
  UNABLE_TO_VERIFY_LEAF_SIGNATURE
`);
/** Programming errors, unless they come with a code or with an answer that could not be read. */
const ownMistakes = new Set(['RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError']);

/** Returns whether an error name, or the code of a statement, is known to be permanent. Unknown names count as transient. */
export const isLastingName = (name: string): boolean => lastingNames.has(name.replace(/(Exception|Error)$/, ''));

/** Returns whether a code of Node is known to be permanent: `CERT_HAS_EXPIRED`. */
export const isLastingCode = (code: string): boolean => lastingCodes.has(code);

/** Returns an error and its causes. */
const chainOf = (error: unknown): readonly Error[] => (error instanceof Error ? [error, ...chainOf(error.cause)] : []);

/** Returns the codes of an error and its causes, outermost first: `ECONNRESET`. */
export const codesOf = (error: unknown): readonly string[] =>
  chainOf(error).flatMap((one) => ('code' in one && typeof one.code === 'string' ? [one.code] : []));

/** Returns whether an error is known to be permanent; one with an unknown code or name counts as transient. */
export const isLasting = (error: unknown): boolean => {
  const codes = codesOf(error);
  const chain = chainOf(error);
  if (codes.some(isLastingCode) || chain.some(({ name }) => isLastingName(name))) return true;
  return codes.length === 0 && chain.some((one) => ownMistakes.has(one.name) && !('$response' in one));
};

/** Returns whether a request got no answer, by the errors of the SDK and of Node. */
export const isNetworkTrouble = (error: unknown): boolean =>
  error instanceof Error &&
  !('$fault' in error) &&
  !isLasting(error) &&
  (error.name === 'TimeoutError' || error.name === 'AbortError' || codesOf(error).length > 0);
