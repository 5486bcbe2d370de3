// Tests the choice of a stage on the command line of CDK: its name, and the switches that differ from its defaults.
import { expect, test } from '@jest/globals';
import { findStage, stages } from '../../lib/stage.ts';

const chosen = (context: Readonly<Record<string, unknown>>) => findStage((name) => context[name]);

test('without a name the stage is dev', () => {
  expect(chosen({})).toEqual(stages.dev);
  expect(chosen({ stage: 'prod' })).toEqual(stages.prod);
});

test('an unknown stage names those there are', () => {
  expect(() => chosen({ stage: 'production' })).toThrow('no stage "production": pass -c stage=dev|prod|local');
});

test('events can be followed live on every stage but prod', () => {
  expect([stages.dev, stages.local, stages.prod].map(({ isLive }) => isLive)).toEqual([true, true, false]);
});

test('the switches change one thing, and leave the rest of the stage', () => {
  expect(chosen({ stage: 'prod', live: 'on' })).toEqual({ ...stages.prod, isLive: true });
  expect(chosen({ live: 'off' })).toEqual({ ...stages.dev, isLive: false });
  expect(chosen({ console: 'on' })).toEqual({ ...stages.dev, hasConsole: true });
  expect(chosen({ console: 'off' })).toEqual({ ...stages.dev, hasConsole: false });
});

test('a switch is on or off', () => {
  expect(() => chosen({ live: 'true' })).toThrow('live is "true": pass -c live=on|off');
  expect(() => chosen({ console: '' })).toThrow('console is "": pass -c console=on|off');
});
