// A table on an emulator that a test started; stopping it also closes the connections.
import type { EmbeddedTable } from '../../../lib/local/embedded-table.ts';
import { createDocumentClient, createTable } from '../../../shared/store/document-client.ts';
import type { TableBackend } from './table-suite.ts';

export const connect = ({ endpoint, tableName, stop }: EmbeddedTable, partiql: boolean): TableBackend => {
  const client = createDocumentClient({ region: 'local', endpoint });
  return {
    table: createTable({ client, tableName, partiql }),
    stop: async () => {
      client.destroy();
      await stop();
    },
  };
};
