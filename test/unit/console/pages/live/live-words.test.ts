import { describe, expect, test } from '@jest/globals';
import { liveState, resumeText, seenText, summaryText } from '../../../../../console/src/pages/live/live-words.ts';
import { noCounts } from '../../../../../console/src/pages/live/live-stream.ts';

describe('the state of the stream in a word', () => {
  test('reconnecting is said before paused, and paused before live', () => {
    const one = { isPolled: false, isPaused: true };
    expect(liveState({ ...one, phase: 'refused' })).toBe('STOPPED');
    expect(liveState({ ...one, phase: 'reconnecting' })).toBe('RECONNECTING');
    expect(liveState({ ...one, phase: 'live' })).toBe('PAUSED');
    expect(liveState({ ...one, isPaused: false, phase: 'live' })).toBe('LIVE');
    expect(liveState({ ...one, isPaused: false, phase: 'opening' })).toBe('OPENING');
  });
});

describe('the summary that is read aloud', () => {
  test('says what came since the last one, by cause', () => {
    const before = { ...noCounts, billed: 10, meter: 1 };
    expect(summaryText(before, { ...before, billed: 1_244, customer: 2 })).toBe(
      '1,236 events: 1,234 billed, 2 no customer',
    );
    expect(summaryText(before, { ...before, meter: 2 })).toBe('1 event: 1 no meter');
  });

  test('is silent when nothing came', () => {
    expect(summaryText(noCounts, noCounts)).toBeUndefined();
  });
});

test('numbers have their groups of digits', () => {
  expect(seenText({ rows: Array.from({ length: 500 }), seen: 12_408 })).toBe('500 shown · 12,408 seen');
  expect(resumeText(1_037)).toBe('1,037 new · jump to live');
  expect(resumeText(0)).toBe('Jump to live');
});
