import { describe, expect, test } from '@jest/globals';
import { packIds, unpackIds } from '../../../../shared/domain/codec/packed-ids.ts';

const uuid = '5b3e1c5e-6a55-4c1a-9d2e-3b8f6a1d2c3b';
const ulid = '01K7M3ZZZZ0123456789ABCDEF';
const time = 1_760_528_400_000;

describe('ids that are packed', () => {
  test.each<[string, readonly string[], number]>([
    ['a UUID takes 16 bytes', [uuid], 16],
    ['UUIDs behind one prefix', [`evt:${uuid}`, `evt:${uuid}`], 32],
    ['a ULID takes 10 bytes', [ulid], 10],
    ['ULIDs behind one prefix', [`event_${ulid}`, `event_${ulid}`], 20],
    ['the last ULID of all', ['7ZZZZZZZZZZZZZZZZZZZZZZZZZ'], 10],
    ['24 alphanumerics take 18 bytes', ['aZ09aZ09aZ09aZ09aZ09aZ09'], 18],
    ['alphanumerics behind one prefix', ['req-AbCdEfGhIjKl', 'req-MnOpQrStUvWx'], 18],
  ])('take less room and are read back: %s', (_, ids, bytes) => {
    const packed = packIds(
      ids,
      ids.map(() => time),
    );
    expect(packed?.raw).toHaveLength(bytes);
    expect(
      packed &&
        unpackIds(
          packed,
          ids.map(() => time),
        ),
    ).toEqual(ids);
  });

  test('keep the distance between the time of a ULID and that of the event', () => {
    expect(packIds([ulid], [time])?.line).toBe('[-9732479]');
  });
});

describe('ids that stay text', () => {
  test.each<[string, readonly string[]]>([
    ['a UUID in upper case', [uuid.toUpperCase()]],
    ['a UUID of another form', [uuid.replaceAll('-', '')]],
    ['a ULID in lower case', ['event_' + ulid.toLowerCase().replaceAll(/[a-z]/g, 'é')]],
    ['hexadecimal digits, which deflate better', ['0123456789abcdef01234567']],
    ['eleven alphanumerics', ['AbCdEfGhIjK']],
    ['two kinds', [uuid, ulid]],
    ['two prefixes', [`a_${ulid}`, `b_${ulid}`]],
    ['two lengths', ['AbCdEfGhIjKlM', 'AbCdEfGhIjKlMn']],
    ['the empty id', ['']],
  ])('include %s', (_, ids) => {
    expect(
      packIds(
        ids,
        ids.map(() => time),
      ),
    ).toBeUndefined();
  });

  test('do not include a ULID beyond its 128 bits, which is packed as letters', () => {
    const beyond = '8ZZZZZZZZZZZZZZZZZZZZZZZZZ';
    const packed = packIds([beyond], [time]);
    expect(packed && unpackIds(packed, [time])).toEqual([beyond]);
  });
});
