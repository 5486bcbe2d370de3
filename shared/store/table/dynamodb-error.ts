// Trouble with DynamoDB, told apart once: what may pass by itself, and what will not.
import { DependencyError, isLasting, isLastingName } from '../../dependency-error.ts';

export const toDependencyError = (error: unknown): DependencyError =>
  new DependencyError(isLasting(error) ? 'permanent' : 'transient', 'DynamoDB request failed', { cause: error });

/** For one statement of a PartiQL batch, which fails with a code and no exception. */
export const statementError = (code: string): DependencyError =>
  new DependencyError(isLastingName(code) ? 'permanent' : 'transient', `DynamoDB statement failed: ${code}`);
