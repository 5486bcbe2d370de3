// Finds the port that a server of this process listens on.
import type { Server } from 'node:net';

export const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
};
