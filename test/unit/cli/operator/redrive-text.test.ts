import { expect, test } from '@jest/globals';
import type { RedriveSummary } from '../../../../cli/operator/redrive.ts';
import { isComplete, summaryText, toSummaryBody } from '../../../../cli/operator/redrive-text.ts';
import { DependencyError } from '../../../../shared/dependency-error.ts';

const done: RedriveSummary = { moved: 3, failures: [], tooOld: [], later: 0, notFound: [] };
const reason = 'rejected by SQS';
const trouble = new DependencyError('permanent', 'SQS request failed', { cause: new Error('no such queue') });

test('a complete success is reported in one line', () => {
  expect(summaryText(done)).toBe('3 moved back to the event queue, 0 failed');
  expect(isComplete({ ...done, tooOld: ['m'], later: 1 })).toBe(true);
});

test('every other result is reported in both forms, and is a failure', () => {
  const summary: RedriveSummary = {
    moved: 1,
    failures: Array.from({ length: 22 }, (_, index) => ({ messageId: `m${String(index)}`, reason })),
    tooOld: ['old'],
    later: 4,
    notFound: ['x', 'y'],
    stoppedBy: trouble,
  };
  const lines = summaryText(summary).split('\n');
  expect(lines.slice(0, 2)).toEqual(['1 moved back to the event queue, 22 failed', '  m0: rejected by SQS']);
  expect(lines.slice(21)).toEqual([
    '  and 2 more (--json lists all)',
    'Over 30 days old, so the processor will set them aside again: old',
    '4 arrived after the redrive began and were left in the queue.',
    'Not in the dead-letter queue, or hidden because somebody else is reading it: x, y',
    'SQS request failed: no such queue (Error)',
  ]);
  expect(toSummaryBody(summary)).toMatchObject({
    moved: 1,
    failed: 22,
    too_old: ['old'],
    came_later: 4,
    not_found: ['x', 'y'],
    stopped_by: 'SQS request failed: no such queue (Error)',
  });
  expect(toSummaryBody(summary).failures[21]).toEqual({ message_id: 'm21', reason });
  for (const part of [{ failures: summary.failures }, { notFound: ['x'] }, { stoppedBy: trouble }]) {
    expect(isComplete({ ...done, ...part })).toBe(false);
  }
});
