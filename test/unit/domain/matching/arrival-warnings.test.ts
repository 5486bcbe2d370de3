// Warnings about the arrival of an event, which the lookup keeps from the stored decision.
import { expect, test } from '@jest/globals';
import { arrivalWarnings, isOfArrival } from '../../../../shared/domain/matching/decision.ts';
import { warningCodes } from '../../../../shared/domain/matching/warnings.ts';
import { anAcceptedEvent, someInstant } from '../../../support/builders/builders.ts';

const day = 86_400_000;
const warningsOf = (timestamp: number) =>
  arrivalWarnings({ ...anAcceptedEvent({ timestamp }), unknownFields: ['propertes'] }, someInstant);

test('every warning of an arrival is known as one, and no other warning is', () => {
  const codes = [...warningsOf(someInstant - day), ...warningsOf(someInstant + day)].map(({ code }) => code);
  expect(new Set(codes)).toEqual(
    new Set(warningCodes.filter((code) => isOfArrival({ code, subject: '', detail: '' }))),
  );
  expect(new Set(codes).size).toBe(3);
});
