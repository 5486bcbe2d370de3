// What a menu consists of.
import type { IconName } from './icon-paths.ts';

export interface MenuEntry {
  readonly kind?: 'item';
  readonly label: string;
  readonly icon?: IconName;
  readonly note?: string;
  readonly isChecked?: boolean;
  readonly isDisabled?: boolean;
  readonly onAction: () => void;
}
export type MenuEntries = readonly (MenuEntry | { readonly kind: 'line' })[];
