// The embedded emulator (no PartiQL), over its HTTP endpoint.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startEmbeddedTable } from '../../../lib/local/table/embedded-table.ts';

import { connect, describeBackend } from './backend.ts';

describeBackend(async () => connect(await startEmbeddedTable(), false));

test('written items are still in the table when the folder is opened again', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tollgate-table-'));
  const item = { pk: 'p', sk: 's', a: 1 };
  const before = connect(await startEmbeddedTable({ dataFolder }), false);
  await before.table.put(item, { kind: 'absent' });
  await before.stop();
  const after = connect(await startEmbeddedTable({ dataFolder }), false);
  expect(await after.table.get({ pk: 'p', sk: 's' })).toEqual(item);
  await after.stop();
  await rm(dataFolder, { recursive: true });
});
