// The open menu, at a button or a value. It is loaded when the first menu is about to open.
import { type ReactNode, type RefObject, useContext } from 'react';
import { Menu as AriaMenu, MenuItem, Popover, Separator } from 'react-aria-components';
import { Hidden } from './hidden.tsx';
import { Icon } from './icon.tsx';
import type { MenuEntries } from './menu-entries.ts';
import styles from './menu.module.css';
import { OverlayPlace } from './overlay-place.ts';

interface MenuPopoverProps {
  readonly label: string;
  readonly entries: MenuEntries;
  /** Where it opens. */
  readonly target: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

export const MenuPopover = ({ label, entries, target, onClose }: MenuPopoverProps): ReactNode => {
  const place = useContext(OverlayPlace);
  const portal = place.current ? { UNSTABLE_portalContainer: place.current } : {};
  return (
    <Popover
      isOpen
      aria-label={label}
      triggerRef={target}
      placement="bottom start"
      offset={4}
      {...portal}
      className={styles['popover'] ?? ''}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <AriaMenu aria-label={label} className={styles['menu'] ?? ''} autoFocus="first" onClose={onClose}>
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
              {entry.isChecked && <Hidden>, chosen</Hidden>}
              {entry.note !== undefined && <span className={styles['note']}>{entry.note}</span>}
            </MenuItem>
          ),
        )}
      </AriaMenu>
    </Popover>
  );
};
