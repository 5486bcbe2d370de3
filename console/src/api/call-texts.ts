// Writes a call as curl, as a command of the CLI and as TypeScript, ready to paste. The key itself is never part of it.
import { routes } from '../../../shared/api/http/routes.ts';
import { type Call, pathOf } from './call.ts';
import { cliText } from './cli-text.ts';
import { sdkText } from './sdk-text.ts';
import { shellWord } from './shell-word.ts';

export interface CallTexts {
  readonly curl: string;
  /** undefined: the CLI has no command for it. */
  readonly cli: string | undefined;
  readonly sdk: string;
}

const curlText = (call: Call, apiUrl: string): string => {
  const { method } = routes[call.route];
  const lines = [
    `curl -sS ${method === 'GET' || (method === 'POST' && call.body) ? '' : `-X ${method} `}${shellWord(apiUrl + pathOf(call))}`,
    `  -H "x-api-key: $TOLLGATE_API_KEY"`,
    ...(call.body ? [`  -d ${shellWord(JSON.stringify(call.body))}`] : []),
  ];
  return lines.join(' \\\n');
};

export const callTexts = (call: Call, apiUrl: string): CallTexts => ({
  curl: curlText(call, apiUrl),
  cli: cliText(call),
  sdk: sdkText(call, apiUrl),
});
