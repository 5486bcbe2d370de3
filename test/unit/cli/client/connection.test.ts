import { describe, expect, test } from '@jest/globals';
import { deploymentUrl } from '../../../../cli/client/connection.ts';

describe('the address of a deployment', () => {
  test.each(['', '/', '/v1', '/v1/', '//'])('the address of a deployment may end with %j', (end) => {
    expect(deploymentUrl(`http://127.0.0.1:4000${end}`)).toBe('http://127.0.0.1:4000/');
    expect(deploymentUrl(`https://abc.example/dev${end}`)).toBe('https://abc.example/dev/');
  });

  test('the address keeps a stage whose name only begins with v1', () => {
    expect(deploymentUrl('https://abc.example/v12')).toBe('https://abc.example/v12/');
    expect(deploymentUrl('https://abc.example/dev1/v1?x#y')).toBe('https://abc.example/dev1/');
  });

  test.each(['', '127.0.0.1:4000', 'localhost:4000', 'ftp://x', 'http://', 'http://user:secret@x'])(
    '%j is wrong',
    (text) => {
      expect(() => deploymentUrl(text)).toThrow(/\bURL\b/);
      expect(() => deploymentUrl(text)).not.toThrow(/secret/);
    },
  );
});
