// Adds the warnings about terms to the answer to the request that makes them, in the shape that warnings of events have.
import type { TermWarning } from '../../domain/subscriptions/term-warnings.ts';
import type { TermWarningBody } from '../bodies/term-warnings.ts';

/** Returns the field of an answer that has warnings; none without any. */
export const warningsOf = (warnings: readonly TermWarning[]): { readonly warnings?: readonly TermWarningBody[] } =>
  warnings.length > 0
    ? { warnings: warnings.map(({ code, subject, detail }) => ({ code, subject, message: detail })) }
    : {};
