// A menu below a button. An item does something or goes somewhere.
import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem,
  MenuTrigger,
  Popover,
  Button as AriaButton,
  Separator,
} from 'react-aria-components';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icon.tsx';
import styles from './menu.module.css';

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

interface MenuProps {
  /** What is read; also shown, unless there is an icon or a face. */
  readonly label: string;
  readonly icon?: IconName;
  /** What the button shows instead of its label. */
  readonly face?: ReactNode;
  readonly look?: 'plain' | 'icon' | 'quiet' | 'cell';
  readonly entries: MenuEntries;
}

export const Menu = ({ label, icon, face, look = icon ? 'icon' : 'plain', entries }: MenuProps): ReactNode => (
  <MenuTrigger>
    <AriaButton aria-label={label} className={classes(styles['button'], styles[look])}>
      {icon && <Icon name={icon} />}
      {face ?? (icon ? null : label)}
      {look === 'plain' && <Icon name="down" size={12} />}
    </AriaButton>
    <Popover className={styles['popover'] ?? ''} placement="bottom start" offset={4}>
      <AriaMenu aria-label={label} className={styles['menu'] ?? ''}>
        {entries.map((entry, index) =>
          entry.kind === 'line' ? (
            <Separator key={index} className={styles['line'] ?? ''} />
          ) : (
            <MenuItem
              key={index}
              textValue={entry.label}
              isDisabled={entry.isDisabled ?? false}
              onAction={entry.onAction}
              className={styles['item'] ?? ''}
            >
              <span className={styles['mark']}>
                {entry.isChecked ? <Icon name="check" /> : entry.icon && <Icon name={entry.icon} />}
              </span>
              <span className={styles['label']}>{entry.label}</span>
              {entry.isChecked && <span className={styles['hidden']}>, chosen</span>}
              {entry.note !== undefined && <span className={styles['note']}>{entry.note}</span>}
            </MenuItem>
          ),
        )}
      </AriaMenu>
    </Popover>
  </MenuTrigger>
);
