// Classifies SQS errors once: transient or permanent.
import { DependencyError, isLasting } from '../dependency-error.ts';

export const toDependencyError = (error: unknown): DependencyError =>
  new DependencyError(isLasting(error) ? 'permanent' : 'transient', 'SQS request failed', { cause: error });
