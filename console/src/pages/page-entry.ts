// A row of the table of pages.
import type { ComponentType } from 'react';
import type * as v from 'valibot';
import type { RouteId } from '../../../shared/api/http/routes.ts';
import type { IconName } from '../ui/icon-paths.ts';

export interface PageEntry {
  /** From the base on; `$id` is one segment, percent-encoded. */
  readonly path: string;
  readonly title: string;
  /** The state of the page in the URL; every field falls back to a default. */
  readonly search?: v.GenericSchema<unknown, Readonly<Record<string, string>>>;
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
  /** Its place in the rail; without it the page is reached from others. */
  readonly rail?: { readonly icon: IconName; readonly group: 'see' | 'bill' | 'set up' };
  /** The key after g that opens it. */
  readonly key?: string;
  /** The call without which it shows nothing: it is left out of the rail for keys that may not call it. */
  readonly needs?: RouteId;
}
