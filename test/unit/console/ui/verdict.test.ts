import { describe, expect, test } from '@jest/globals';
import { failurePoints } from '../../../../shared/domain/matching/decision.ts';
import { failurePointOf, verdictKind, verdictKinds, verdictLooks } from '../../../../console/src/ui/verdict.ts';

describe('verdicts', () => {
  test('each has its own words and icon', () => {
    expect(new Set(verdictKinds.map((kind) => verdictLooks[kind].text)).size).toBe(verdictKinds.length);
    expect(new Set(verdictKinds.map((kind) => verdictLooks[kind].icon)).size).toBe(verdictKinds.length);
  });

  test('every failure point of the API is a kind, and leads back to itself', () => {
    for (const point of failurePoints) {
      const kind = verdictKind({ status: 'failed', failure_point_type: point });
      expect(failurePointOf[kind]).toBe(point);
      expect(verdictLooks[kind].text).toMatch(/^not billed: /);
    }
  });

  test('a billed event may have warnings, and one in the queue waits', () => {
    expect(verdictKind({ status: 'processed', warnings: [] })).toBe('billed');
    expect(verdictKind({ status: 'processed', warnings: [{}] })).toBe('warned');
    expect(verdictKind({ status: 'processing' })).toBe('waiting');
  });
});
