// Creates a key directly in the table, for operators who have AWS credentials but no key yet. The rules of the HTTP API apply: the
// operator is a caller who may do everything in the scope asked for.
import { ulid } from 'ulid';
import { manageApiKeys } from '../../functions/catalog/access/manage-api-keys.ts';
import { newSecret } from '../../functions/catalog/access/new-api-key.ts';
import { ApiError } from '../../shared/api/http/problem.ts';
import { createApiKeyStore } from '../../shared/store/access/api-keys.ts';
import { createDirectoryStore } from '../../shared/store/customers/directory.ts';
import { createPointerStore } from '../../shared/store/customers/pointers.ts';
import { createScopeStore } from '../../shared/store/catalog/scopes.ts';
import type { Table } from '../../shared/store/table/table.ts';
import { problemText } from '../client/api-client.ts';
import { CliFailure } from '../process/failure.ts';

export interface KeyRequest {
  readonly tenant_id?: string;
  readonly environment_id?: string;
  readonly [field: string]: unknown;
}

/** Creates a key and returns what `POST /v1/secrets/api/keys` answers to the same request; without roles it is a super_admin key. */
export const createKeyInTable = async (table: Table, request: KeyRequest): Promise<unknown> => {
  const { tenant_id: tenantId = 'default', environment_id: environmentId = 'default' } = request;
  const { createApiKey } = manageApiKeys({
    apiKeys: createApiKeyStore(table),
    pointers: createPointerStore(table),
    directory: createDirectoryStore(table),
    scopes: createScopeStore(table),
    newUlid: ulid,
    newSecret,
    now: Date.now,
  });
  const caller = { keyId: '', keyName: '', scope: { tenantId, environmentId }, roles: ['super_admin'] } as const;
  try {
    const body = JSON.stringify(request);
    return (await createApiKey({ caller, body, path: {}, query: {}, requestId: '' })).body;
  } catch (error) {
    if (error instanceof ApiError) throw new CliFailure(problemText(error));
    throw error;
  }
};
