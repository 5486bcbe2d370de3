// The options by which every command but `start` finds a deployment.
import { type Command } from 'commander';
import { readCliEnvironment } from '../shared/config.ts';
import { createApiClient, type ApiClient } from './api-client.ts';
import { CliFailure, exitCode } from './failure.ts';
import { secretText } from './option-values.ts';

export interface ConnectionOptions {
  readonly url?: string;
  readonly apiKey?: string;
  readonly json?: boolean;
}

export const localUrl = 'http://127.0.0.1:4000';

export const withConnection = (command: Command): Command =>
  command
    .option('--url <url>', `the deployment (or TOLLGATE_URL; default ${localUrl})`)
    .option('--api-key <key>', 'an API key (or TOLLGATE_API_KEY)', secretText)
    .option('--json', 'print JSON');

export const connect = (options: ConnectionOptions): ApiClient => {
  const environment = readCliEnvironment();
  const url = options.url ?? environment.url ?? localUrl;
  const apiKey = options.apiKey ?? environment.apiKey;
  if (apiKey === undefined) throw new CliFailure('Give --api-key, or set TOLLGATE_API_KEY.', exitCode.usage);
  if (!/^https?:/.test(url) || !URL.canParse(url)) throw new CliFailure(`${url} is no http(s) URL.`, exitCode.usage);
  return createApiClient(url.endsWith('/') ? url : `${url}/`, apiKey);
};
