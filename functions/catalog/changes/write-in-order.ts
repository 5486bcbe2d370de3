// Writes the entities of a bulk request in order, after all of them were checked. When it is interrupted, the entities written so
// far stay, and the answer names them.
import { DependencyError } from '../../../shared/dependency-error.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';

/** Adds to an error which entities were created before it. It is not known whether the one that failed was created. */
const interrupted = (cause: unknown, created: readonly string[], failed: string): unknown => {
  const details = { created, failed };
  if (cause instanceof ApiError && created.length > 0)
    return new ApiError(cause.code, cause.message, { ...cause.details, ...details });
  if (!(cause instanceof DependencyError)) return cause;
  return new ApiError('service_unavailable', 'Interrupted: some of them were created', details, 1);
};

export const writeInOrder = async <E extends { readonly id: string }>(
  entities: readonly E[],
  create: (entity: E) => Promise<void>,
): Promise<void> => {
  const created: string[] = [];
  for (const entity of entities) {
    try {
      await create(entity);
    } catch (cause) {
      throw interrupted(cause, created, entity.id);
    }
    created.push(entity.id);
  }
};
