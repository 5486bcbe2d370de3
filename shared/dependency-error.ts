// Trouble with a dependency (DynamoDB, SQS), translated once where it arises.

export type DependencyErrorKind = 'transient' | 'permanent';

/**
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

/** Of AWS and of its SDK, without `Exception` or `Error` at the end: what no repetition of the request mends. */
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
/** Of Node: a request that cannot be written, and a certificate that is not good. */
const lastingCodes = wordsOf(`
  ERR_INVALID_ARG_TYPE ERR_INVALID_ARG_VALUE ERR_INVALID_CHAR ERR_INVALID_HTTP_TOKEN ERR_INVALID_PROTOCOL ERR_INVALID_URL
  ERR_UNESCAPED_CHARACTERS

  CERT_CHAIN_TOO_LONG CERT_HAS_EXPIRED CERT_NOT_YET_VALID CERT_REJECTED CERT_REVOKED CERT_UNTRUSTED
  DEPTH_ZERO_SELF_SIGNED_CERT ERR_TLS_CERT_ALTNAME_INVALID HOSTNAME_MISMATCH INVALID_CA INVALID_PURPOSE
  PATH_LENGTH_EXCEEDED SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY
  UNABLE_TO_VERIFY_LEAF_SIGNATURE
`);
/** Mistakes of ours, unless they come with a code, or with an answer that could not be read. */
const ownMistakes = new Set(['RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError']);

/** Whether trouble of that name, or code of a statement, will not pass by itself. What is not known may pass. */
export const isLastingName = (name: string): boolean => lastingNames.has(name.replace(/(Exception|Error)$/, ''));

/** The same of a code of Node: `CERT_HAS_EXPIRED`. */
export const isLastingCode = (code: string): boolean => lastingCodes.has(code);

/** With what caused it. */
const chainOf = (error: unknown): readonly Error[] => (error instanceof Error ? [error, ...chainOf(error.cause)] : []);

/** Of an error and its causes, outermost first: `ECONNRESET`. */
export const codesOf = (error: unknown): readonly string[] =>
  chainOf(error).flatMap((one) => ('code' in one && typeof one.code === 'string' ? [one.code] : []));

/** Whether trouble will not pass by itself, as far as is known: an error of a code or name that is not known may pass. */
export const isLasting = (error: unknown): boolean => {
  const codes = codesOf(error);
  const chain = chainOf(error);
  if (codes.some(isLastingCode) || chain.some(({ name }) => isLastingName(name))) return true;
  return codes.length === 0 && chain.some((one) => ownMistakes.has(one.name) && !('$response' in one));
};

/** Whether a request never got its answer, as the SDK and Node tell it. */
export const isNetworkTrouble = (error: unknown): boolean =>
  error instanceof Error &&
  !('$fault' in error) &&
  !isLasting(error) &&
  (error.name === 'TimeoutError' || error.name === 'AbortError' || codesOf(error).length > 0);
