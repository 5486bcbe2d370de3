// An HTTP server that does what it is told with each request, in turn: to answer, or to break the connection off after it was received.
import { once } from 'node:events';
import { createServer } from 'node:http';

export type Turn = 'broken off' | { readonly status: number; readonly body?: unknown };

export interface FlakyServer {
  readonly url: string;
  /** `POST /v1/x`, of each request that came. */
  readonly seen: readonly string[];
  readonly close: () => Promise<void>;
}

/** The last turn is repeated. */
export const startFlakyServer = async (turns: readonly Turn[]): Promise<FlakyServer> => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const turn = turns[Math.min(seen.length, turns.length - 1)];
      seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
      if (turn === undefined || turn === 'broken off') {
        request.socket.destroy();
        return;
      }
      response.writeHead(turn.status, { 'content-type': 'application/json' });
      response.end(turn.body === undefined ? undefined : JSON.stringify(turn.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    seen,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
