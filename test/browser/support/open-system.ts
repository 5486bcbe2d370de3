// The system that the console of the tests talks to, with a world in one environment and nothing in another.
import * as v from 'valibot';
import { startTollgate } from '../../support/drivers/running-tollgate.ts';
import { type Api, connectTo, createWorld, type World } from './world.ts';

export interface ConsoleSystem {
  readonly url: string;
  readonly keys: {
    /** A super_admin's. */
    readonly admin: string;
    /** May read everything, and changes nothing. */
    readonly reader: string;
    /** Belongs to an environment in which nothing has happened. */
    readonly empty: string;
  };
  readonly api: Api;
  readonly world: World;
  readonly stop: () => Promise<void>;
}

const CreatedSchema = v.object({ api_key: v.string() });

export const openSystem = async (): Promise<ConsoleSystem> => {
  const system = await startTollgate(['--port', '0', '--no-demo']);
  const stop = async (): Promise<void> => {
    await system.end('SIGTERM');
  };
  try {
    const api = connectTo(system.url, system.apiKey);
    const keyWith = async (fields: object): Promise<string> =>
      v.parse(CreatedSchema, await api.call('POST', '/secrets/api/keys', { type: 'private_key', ...fields })).api_key;
    const world = await createWorld(api, Date.now());
    const keys = {
      admin: system.apiKey,
      reader: await keyWith({ name: 'reader', roles: ['event_reader'] }),
      empty: await keyWith({ name: 'empty', environment_id: 'empty' }),
    };
    return { url: system.url, keys, api, world, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
