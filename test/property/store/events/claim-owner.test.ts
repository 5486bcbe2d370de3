// The owner of a claim is packed into 18 bytes without loss; anything but a ULID is refused.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeOwner, encodeOwner } from '../../../../shared/store/events/claim-owner.ts';

const ulid = fc
  .tuple(
    fc.constantFrom(...Array.from('01234567')),
    fc.string({
      unit: fc.constantFrom(...Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')),
      minLength: 25,
      maxLength: 25,
    }),
  )
  .map(([first, rest]) => first + rest);

test('the owner of a claim is read back from its bytes', () => {
  fc.assert(
    fc.property(ulid, fc.integer({ min: 0, max: 65_535 }), (batchId, index) => {
      expect(decodeOwner(encodeOwner({ batchId, index }))).toEqual({ batchId, index });
    }),
  );
});

test('the bytes of an owner are its ULID as a 128-bit number, then the index', () => {
  const bytes = encodeOwner({ batchId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', index: 258 });
  expect(Buffer.from(bytes).toString('hex')).toBe('01563e3ab5d3d6764c61efb99302bd5b0102');
});

test.each([
  '',
  '01ARZ3NDEKTSV4RRFFQ69G5FA',
  '81ARZ3NDEKTSV4RRFFQ69G5FAV',
  '01arz3ndektsv4rrffq69g5fav',
  '01ARZ3NDEKTSV4RRFFQ69G5FAVX',
])('the text "%s" is not a ULID', (batchId) => {
  expect(() => encodeOwner({ batchId, index: 0 })).toThrow(RangeError);
});

test('bytes of another length are no owner of a claim', () => {
  expect(() => decodeOwner(new Uint8Array(17))).toThrow(RangeError);
});
