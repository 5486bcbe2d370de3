// Guards an emulator in this process. Any web page can send requests to a port of 127.0.0.1, so only requests signed with the
// random access key of this start are accepted, and none from a page, which carries an Origin.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { hashSecret, isSameHash } from '../../../shared/domain/api-key.ts';

export const newAccessKeyId = (): string => randomBytes(20).toString('hex');

/** The access key id in a Signature Version 4 header: `Credential=<access key id>/<date>/…` */
const signer = /\bCredential=([^/,\s]+)\//;
const refusal = JSON.stringify({
  __type: 'com.amazon.coral.service#AccessDeniedException',
  message: 'Only this process may use its emulators.',
});

/** Refuses all other requests before the server's listeners see them. */
export const guardRequests = (server: Server, accessKeyId: string): void => {
  const hash = hashSecret(accessKeyId);
  const isAdmitted = ({ headers: { origin, authorization = '' } }: IncomingMessage): boolean =>
    origin === undefined && isSameHash(hashSecret(signer.exec(authorization)?.[1] ?? ''), hash);
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isAdmitted(request)) {
      for (const listener of listeners) Reflect.apply(listener, server, [request, response]);
      return;
    }
    request.resume();
    response.writeHead(403, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(refusal);
  });
};
