// The store suite once more, on the emulator's DynamoDB.
import { ulid } from 'ulid';
import { createEmulatedTable } from '../../lib/local/table/create-table.ts';
import { connect, describeBackend } from '../integration/store/backend.ts';
import { deployment } from './deployment.ts';

describeBackend(async () => {
  const endpoint = new URL(deployment().url).origin;
  const tableName = `stores-${ulid()}`;
  const emulated = { endpoint, accessKeyId: 'local', tableName };
  await createEmulatedTable(emulated);
  return connect({ ...emulated, stop: () => Promise.resolve() }, true);
});
