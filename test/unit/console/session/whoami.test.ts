import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import {
  environmentName,
  mayCall,
  mayRemember,
  WhoamiSchema,
  writeRoles,
} from '../../../../console/src/session/whoami.ts';
import { health } from '../../../../console/src/shell/health.ts';

const who = (...roles: readonly string[]) => v.parse(WhoamiSchema, { key_id: 'k', roles, environment_id: 'eu' });

describe('who a key is', () => {
  test('write roles, and what may be remembered', () => {
    expect(writeRoles(who('event_reader'))).toEqual([]);
    expect(writeRoles(who('event_reader', 'catalog_admin'))).toEqual(['catalog_admin']);
    expect(mayRemember(who('catalog_admin'))).toBe(true);
    expect(mayRemember(who('super_admin'))).toBe(false);
  });

  test('super_admin may call everything', () => {
    expect(mayCall(who('super_admin'), [])).toBe(true);
    expect(mayCall(who('event_reader'), ['event_reader', 'catalog_admin'])).toBe(true);
    expect(mayCall(who('event_reader'), ['catalog_admin'])).toBe(false);
  });

  test('an environment has the name of its stage', () => {
    expect(environmentName({ ...who(), stage: 'prod' })).toBe('eu · prod');
  });
});

describe('the health of the system', () => {
  test('is bad without an answer and busy with a long queue', () => {
    expect(health(undefined, new Error('x')).level).toBe('bad');
    expect(health({ consumption_lag: 900, post_processing_lag: 100 }, null)).toMatchObject({
      level: 'busy',
      text: '1,000 messages waiting',
    });
    expect(health({}, null).level).toBe('good');
  });
});
