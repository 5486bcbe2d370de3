// What a reader chose on the way to the first billed event. Without a choice the catalog says how far one is.
import * as v from 'valibot';
import { textField, wordField } from '../../url/search-fields.ts';

export const stepNames = ['customer', 'meter', 'plan', 'price', 'free', 'subscription', 'send', 'billed'] as const;
export type StepName = (typeof stepNames)[number];

export const StartSearchSchema = v.object({
  /** External id. */
  customer: textField,
  meter: textField,
  plan: textField,
  subscription: textField,
  /** `none`: nothing is free. */
  free: wordField('', 'none'),
  /** Id of the event to watch. */
  event: textField,
  /** A step that is opened again. */
  step: wordField('', ...stepNames),
});
export type StartChoice = v.InferOutput<typeof StartSearchSchema>;
