// Bulk creates: all are checked before the first is written; then they are written in order. Of an interrupted one whole entities
// stay, and its answer names them.
import { DependencyError } from '../../../shared/dependency-error.ts';
import { ApiError } from '../../../shared/api/http/problem.ts';

/** What failed after some were made says which those are; whether the one it failed at was made is not known. */
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
