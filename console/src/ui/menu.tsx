// A menu below a button. An item does something or goes somewhere.
import { type KeyboardEvent, type ReactNode, Suspense, useRef, useState } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';
import { LazyMenuPopover, preloadMenu } from './lazy-menu.ts';
import type { MenuEntries } from './menu-entries.ts';
import styles from './menu.module.css';
import { Tooltip } from './tooltip.tsx';

interface MenuProps {
  /** What is read; also shown, unless there is an icon or a face. */
  readonly label: string;
  readonly icon?: IconName;
  /** What the button shows, and is read, instead of its label. */
  readonly face?: ReactNode;
  readonly look?: 'plain' | 'icon' | 'quiet';
  readonly entries: MenuEntries;
}

export const Menu = ({ label, icon, face, look = icon ? 'icon' : 'plain', entries }: MenuProps): ReactNode => {
  const target = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    setIsOpen(true);
  };
  const button = (
    <button
      ref={target}
      type="button"
      aria-label={face ? undefined : label}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      className={classes(styles['button'], styles[look])}
      onPointerEnter={preloadMenu}
      onFocus={preloadMenu}
      onClick={() => {
        setIsOpen(true);
      }}
      onKeyDown={onKeyDown}
    >
      {icon && <Icon name={icon} />}
      {face ?? (icon ? null : label)}
      {look === 'plain' && <Icon name="down" size={12} />}
    </button>
  );
  return (
    <>
      {look === 'icon' ? <Tooltip text={label}>{button}</Tooltip> : button}
      {isOpen && (
        <Suspense>
          <LazyMenuPopover
            label={label}
            entries={entries}
            target={target}
            onClose={() => {
              setIsOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
};
