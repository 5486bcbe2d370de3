// The README's blocks of commands, run as they are written.
import { expect } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const root = join(import.meta.dirname, '..', '..', '..');

/** The first block below a heading that is in the language. */
export const readmeBlock = (heading: string, language = 'bash'): string => {
  const [, below = ''] = readFileSync(join(root, 'README.md'), 'utf8').split(['\n##', `${heading}\n`].join(' '));
  const [, script = ''] = new RegExp('```' + language + '\n(.*?)```', 's').exec(below) ?? [];
  if (script === '') throw new Error(`the README has no ${language} below ${heading}`);
  return script;
};

/** Runs a script and returns its stdout; rejects when a command fails. `env` left out: that of this process. */
export const runBash = async (script: string, env?: NodeJS.ProcessEnv): Promise<string> =>
  (await promisify(execFile)('bash', ['-e', '-c', script], { cwd: root, ...(env && { env }) })).stdout.trim();

/** Expects the output of the five minutes. */
export const expectFiveMinutes = (stdout: string): void => {
  expect(stdout).not.toContain('http_status_code');
  expect(stdout).toContain('call-1  billed');
  expect(stdout).toMatch(/allowance .* 1000, MONTHLY: 1000 free, 250 billed/);
  expect(stdout).toMatch(/price .* 250 × 0\.002 .* 0\.5 /);
  expect(stdout).toContain('"subtotal":"0.5"');
  expect(stdout).toContain('call-2  not billed: no meter counts it');
  expect(stdout).toContain('event_name_near_miss (model.usage)');
  expect(stdout).toContain('call-3  not billed: no customer has this external id');
  expect(stdout).toContain('call-4  not billed: no line item covers it at its time');
  // The repair repairs: this is the end of it.
  const end = stdout.slice(stdout.lastIndexOf('call-4  '));
  expect(end.split('\n')[0]).toBe('call-4  billed');
  expect(end).toContain('Changed since\n  verdict             not billed: no line item covers it at its time');
  expect(
    Math.max(
      ...stdout
        .split('\n')
        .filter((line) => !line.startsWith('{'))
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(80);
};
