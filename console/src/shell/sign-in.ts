// Checks a key with the API and opens a session with it.
import * as v from 'valibot';
import { type Connection, send } from '../api/client.ts';
import { addSession } from '../session/session-store.ts';
import { mayRemember, WhoamiSchema } from '../session/whoami.ts';

/** Throws ApiFailure if the key is not accepted or the API cannot be reached. */
export const signIn = async (connection: Connection, isRemembered: boolean): Promise<void> => {
  const who = v.parse(WhoamiSchema, await send(connection, { route: 'whoAmI' }));
  addSession({ key: connection.key, isRemembered: isRemembered && mayRemember(who), who });
};
