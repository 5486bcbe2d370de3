// Trouble with SQS, told apart once: what may pass by itself, and what will not.
import { DependencyError, isLasting } from '../dependency-error.ts';

export const toDependencyError = (error: unknown): DependencyError =>
  new DependencyError(isLasting(error) ? 'permanent' : 'transient', 'SQS request failed', { cause: error });
