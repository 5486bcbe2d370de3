// A scope of its own for every test, so that tests share a table without meeting.
import type { Scope } from '../../../shared/domain/ids.ts';

let scopes = 0;
export const newScope = (): Scope => ({ tenantId: 'test', environmentId: `scope-${String((scopes += 1))}` });
