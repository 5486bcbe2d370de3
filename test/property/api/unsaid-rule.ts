// A rule of request bodies that docs/openapi.json cannot, or does not, say.
import type { ComponentName } from '../../../shared/api/operations/components.ts';

export interface UnsaidRule {
  readonly name: string;
  readonly reason: string;
  /** Path that a refusal names, without indexes (`events[].event_name`). */
  readonly path: RegExp;
  readonly rule: RegExp;
  /** Only where the JSON text of the body holds this. */
  readonly body?: RegExp;
  /** Body that the document allows and this rule alone refuses; a string is JSON text. */
  readonly example: readonly [component: ComponentName, body: object | string];
}

/** Between fields of one object: `path` ends with the field. */
export const between = (field: string, rule: RegExp, ...example: UnsaidRule['example']): UnsaidRule => ({
  name: `${field}: ${rule.source}`,
  reason: 'between fields: the descriptions tell it',
  path: new RegExp(`(^|\\.)${field}$`),
  rule,
  example,
});
