import { expect, test } from '@jest/globals';
import { createLogger, type LogLevel } from '../../../shared/telemetry/logger.ts';
import { someInstant } from '../../support/builders/builders.ts';

const open = (level: LogLevel) => {
  const lines: string[] = [];
  const logger = createLogger({ level, write: (line) => lines.push(line), now: () => someInstant });
  return { logger, lines };
};

test('each log entry is one line of JSON', () => {
  const { logger, lines } = open('info');
  logger.info('a\nb', { request_id: 'r1', size: 10n, nothing: undefined });
  expect(lines).toEqual([
    '{"level":"info","time":"2025-10-15T11:38:47.962Z","message":"a\\nb","request_id":"r1","size":"10"}',
  ]);
});

test('log entries below the level are not written', () => {
  const { logger, lines } = open('warn');
  for (const level of ['debug', 'info', 'warn', 'error'] as const) logger[level](level);
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ level: 'warn' }, { level: 'error' }]);
});

test('errors are logged with stack, fields and causes', () => {
  const { logger, lines } = open('info');
  const cause = Object.assign(new Error('inner'), { code: 'ECONNRESET' });
  logger.error('failed', { error: new TypeError('outer', { cause }) });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    error: {
      name: 'TypeError',
      message: 'outer',
      stack: expect.stringContaining('logger.test'),
      cause: { name: 'Error', message: 'inner', code: 'ECONNRESET' },
    },
  });
});
