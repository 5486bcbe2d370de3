// Where the API is. The server of the console says it in config.json; without an answer it is the origin of the page.
import * as v from 'valibot';

export interface Config {
  /** Without a slash at the end. The key is sent to this address only. */
  readonly apiUrl: string;
}

const ConfigSchema = v.object({ api_url: v.fallback(v.string(), '') });

export const readConfig = async (): Promise<Config> => {
  const ownOrigin = { apiUrl: window.location.origin };
  try {
    const answer = await fetch(`${import.meta.env.BASE_URL}config.json`);
    if (!answer.ok) return ownOrigin;
    const { api_url: apiUrl } = v.parse(ConfigSchema, await answer.json());
    return apiUrl === '' ? ownOrigin : { apiUrl: new URL(apiUrl, window.location.origin).href.replace(/\/+$/, '') };
  } catch {
    return ownOrigin;
  }
};
