import { expect, test } from '@jest/globals';
import { readConfig } from '../../shared/config.ts';

const environment = { AWS_REGION: 'eu-west-1', TABLE_NAME: 'events', QUEUE_URL: 'http://127.0.0.1/q' };

test('settings that are left open have defaults', () => {
  expect(readConfig('ingest', environment)).toEqual({
    ...environment,
    LOG_LEVEL: 'info',
    METRIC_NAMESPACE: 'Tollgate',
    RETENTION_DAYS: 0,
  });
});

test('all missing and wrong settings are named at once', () => {
  expect(() => readConfig('query', { AWS_REGION: '', RETENTION_DAYS: '34', TABLE_NAME: 'events' })).toThrow(
    /environment of query: AWS_REGION: .*RETENTION_DAYS: 0, or at least 35.*QUEUE_URL/,
  );
});

test('live events are off unless they are switched on', () => {
  expect(readConfig('processor', environment).LIVE).toBe('off');
  expect(readConfig('processor', { ...environment, LIVE: 'on' }).LIVE).toBe('on');
  expect(() => readConfig('processor', { ...environment, LIVE: 'true' })).toThrow(/environment of processor: LIVE/);
});
