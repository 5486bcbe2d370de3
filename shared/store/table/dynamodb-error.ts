// Classifies errors of DynamoDB once: transient or permanent.
import { DependencyError, isLasting, isLastingName } from '../../dependency-error.ts';

export const toDependencyError = (error: unknown): DependencyError =>
  new DependencyError(isLasting(error) ? 'permanent' : 'transient', 'DynamoDB request failed', { cause: error });

/** Classifies the failure of one statement of a PartiQL batch, which has a code and no exception. */
export const statementError = (code: string): DependencyError =>
  new DependencyError(isLastingName(code) ? 'permanent' : 'transient', `DynamoDB statement failed: ${code}`);
