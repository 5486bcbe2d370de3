// The README's five-minute start, run as it is written.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describeWith } from '../support/requires.ts';
import { type RunningTollgate, startTollgate } from '../support/running-tollgate.ts';

const root = join(import.meta.dirname, '..', '..');
const [, script = ''] = /```bash\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];

describeWith('curl', 'the five minutes of the README', () => {
  let running: RunningTollgate | undefined;

  beforeAll(async () => {
    running = await startTollgate(['--port', '0', '--no-demo', '--api-key', 'sk_local_example']);
  });

  afterAll(async () => {
    await running?.end('SIGTERM');
  });

  test('do what they say', async () => {
    const PATH = [join(root, 'node_modules', '.bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
    const env = { PATH, HOME: tmpdir(), TOLLGATE_URL: running?.url ?? '', NO_COLOR: '1' };
    const { stdout } = await promisify(execFile)('bash', ['-e', '-c', script], { cwd: root, env });
    expect(stdout).not.toContain('http_status_code');
    expect(stdout).toContain('call-1  processed: it is billed');
    expect(stdout).toContain('1250');
    expect(stdout).toContain('call-2  failed at meter_lookup');
    expect(stdout).toContain('event_name_near_miss (model.usage)');
    expect(stdout).toContain('call-3  failed at customer_lookup');
    expect(stdout).toContain('call-4  failed at subscription_line_item_lookup');
  }, 60_000);
});
