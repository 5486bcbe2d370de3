// Runs the suites of the table and of the stores above it on one backend, started once.
import { afterAll, beforeAll, describe } from '@jest/globals';
import type { EmbeddedTable } from '../../../lib/local/table/embedded-table.ts';
import { createDocumentClient, createTable } from '../../../shared/store/table/dynamodb-table.ts';
import type { Table } from '../../../shared/store/table/table.ts';
import { describeStores } from './stores-suite.ts';
import { describeTable } from './table-suite.ts';

export interface TableBackend {
  readonly table: Table;
  readonly stop: () => Promise<void>;
}

/** Table on a started emulator; stopping it closes the connections too. */
export const connect = ({ endpoint, accessKeyId, tableName, stop }: EmbeddedTable, partiql: boolean): TableBackend => {
  const client = createDocumentClient({ region: 'local', endpoint, accessKeyId });
  return {
    table: createTable({ client, tableName, partiql }),
    stop: async () => {
      client.destroy();
      await stop();
    },
  };
};

export const describeBackend = (open: () => Promise<TableBackend>): void => {
  let backend: TableBackend | undefined;
  beforeAll(async () => {
    backend = await open();
  }, 60_000);
  afterAll(() => backend?.stop());
  const table = (): Table => {
    if (backend === undefined) throw new Error('the backend did not start');
    return backend.table;
  };
  describe('the table', () => {
    describeTable(table);
  });
  describe('the stores', () => {
    describeStores(table);
  });
};
