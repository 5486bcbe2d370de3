// Steps that make API keys, and clients that use them.
import * as v from 'valibot';
import { type Client, createClient, unique } from '../../support/drivers/client.ts';

const CreatedSchema = v.object({ secret: v.object({ id: v.string() }), api_key: v.string() });

export interface NewKey {
  readonly id: string;
  readonly secret: string;
  /** Does everything with the new key. */
  readonly client: Client;
}

export const createKey = async (client: Client, fields: Readonly<Record<string, unknown>> = {}): Promise<NewKey> => {
  const body = { name: unique('key'), type: 'private_key', ...fields };
  const { secret, api_key: apiKey } = v.parse(CreatedSchema, await client.call('POST', '/v1/secrets/api/keys', body));
  const { driver } = client;
  const withKey = createClient({
    ...driver,
    request: (method, path, sent, options) => driver.request(method, path, sent, { apiKey, ...options }),
  });
  return { id: secret.id, secret: apiKey, client: withKey };
};

/** A client in an environment of its own, where nothing has happened yet. */
export const inNewEnvironment = async (client: Client): Promise<Client> =>
  (await createKey(client, { environment_id: unique('env') })).client;
