// Who calls: what an API key stands for once it is checked.
import type { Scope } from '../../domain/ids.ts';
import type { Role } from './routes.ts';

/** `keyId` becomes `created_by` and `updated_by` of what the caller changes. */
export interface Caller {
  readonly keyId: string;
  readonly scope: Scope;
  readonly roles: readonly Role[];
}
