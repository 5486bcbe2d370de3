// Options by which every command except `start` finds a deployment.
import { type Command } from 'commander';
import { readCliEnvironment } from '../../shared/config.ts';
import { createApiClient, type ApiClient } from './api-client.ts';
import { CliFailure, exitCode } from '../process/failure.ts';
import { jsonHelp, secretText, secretRule, isSecret } from '../process/option-values.ts';

export interface ConnectionOptions {
  readonly url?: string;
  readonly apiKey?: string;
  readonly json?: boolean;
}

const localUrl = 'http://127.0.0.1:4000';

export const withConnection = (command: Command): Command =>
  command
    .option('--url <url>', `the deployment (or TOLLGATE_URL; default ${localUrl})`)
    .option('--api-key <key>', 'an API key (or TOLLGATE_API_KEY)', secretText)
    .option('--json', jsonHelp);

/**
 * Returns the base address of `v1/…`, with a slash at the end. Accepts URLs copied from an SDK's settings, which end with `/v1`,
 * and those of a deployment, which end with its stage, with or without a slash. Throws CliFailure.
 * @internal
 */
export const deploymentUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new CliFailure(`${text} is not an http(s) URL such as ${localUrl} (--url or TOLLGATE_URL).`, exitCode.usage);
  }
  if (url.username !== '' || url.password !== '') {
    throw new CliFailure('The URL must not contain a user name or a password. Use --api-key instead.', exitCode.usage);
  }
  return `${url.origin}${url.pathname.replace(/(\/v1)?\/*$/, '')}/`;
};

export const connect = (options: ConnectionOptions): ApiClient => {
  const environment = readCliEnvironment();
  const url = deploymentUrl(options.url ?? environment.url ?? localUrl);
  const apiKey = options.apiKey ?? environment.apiKey;
  if (apiKey === undefined)
    throw new CliFailure('Missing API key. Pass --api-key or set TOLLGATE_API_KEY.', exitCode.usage);
  if (!isSecret(apiKey)) throw new CliFailure(`TOLLGATE_API_KEY is not a valid key: ${secretRule}`, exitCode.usage);
  return createApiClient(url, apiKey);
};
