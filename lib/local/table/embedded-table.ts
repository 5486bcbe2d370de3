// A DynamoDB emulator inside this process (dynalite), in memory or kept in a folder. It has no PartiQL and no expiry.
import { once } from 'node:events';
import dynalite from 'dynalite';
import { createEmulatedTable } from './create-table.ts';
import { guardRequests, newAccessKeyId } from './emulator-door.ts';

export interface EmbeddedTable {
  readonly endpoint: string;
  /** Access key that requests must be signed with; all others are refused. */
  readonly accessKeyId: string;
  readonly tableName: string;
  /** Finishes the current requests, then closes the data folder. */
  readonly stop: () => Promise<void>;
}

/** Starts the table on a free port of 127.0.0.1. With a data folder, confirmed writes survive a kill. */
export const startEmbeddedTable = async ({
  dataFolder,
  accessKeyId = newAccessKeyId(),
}: { readonly dataFolder?: string; readonly accessKeyId?: string } = {}): Promise<EmbeddedTable> => {
  const tableName = 'tollgate';
  const server = dynalite({ createTableMs: 0, ...(dataFolder !== undefined && { path: dataFolder }) });
  guardRequests(server, accessKeyId);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the embedded table does not listen on a port');
  const endpoint = `http://127.0.0.1:${String(address.port)}`;
  await createEmulatedTable({ endpoint, accessKeyId, tableName });
  return {
    endpoint,
    accessKeyId,
    tableName,
    stop: async () => {
      const closed = new Promise<void>((resolve, reject) => {
        server.close((error) => {
          if (error) reject(error);
          else resolve();
        });
      });
      server.closeIdleConnections();
      await closed;
    },
  };
};
