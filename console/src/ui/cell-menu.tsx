// The menu of a cell's value, one for the whole table: it opens at the value that was clicked.
import { createContext, type ReactNode, type RefObject, useContext, useMemo, useRef, useState } from 'react';
import { Menu as AriaMenu, MenuItem, Popover } from 'react-aria-components';
import { Icon } from './icon.tsx';
import styles from './menu.module.css';
import type { MenuEntry } from './menu.tsx';
import cellStyles from './cell-menu.module.css';

type OpenMenu = (element: HTMLElement, label: string, entries: readonly MenuEntry[]) => void;
const MenuContext = createContext<OpenMenu>(() => undefined);

interface Shown {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

/** Gives every `CellValue` inside the same menu. */
export const CellMenus = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const target = useRef<HTMLElement>(null);
  const [shown, setShown] = useState<Shown>();
  const open = useMemo<OpenMenu>(
    () => (element, label, entries) => {
      target.current = element;
      setShown({ label, entries });
    },
    [],
  );
  const close = (): void => {
    setShown(undefined);
    target.current?.focus({ preventScroll: true });
  };
  return (
    <MenuContext value={open}>
      {children}
      {shown && <CellPopover target={target} shown={shown} onClose={close} />}
    </MenuContext>
  );
};

interface CellPopoverProps {
  readonly target: RefObject<HTMLElement | null>;
  readonly shown: Shown;
  readonly onClose: () => void;
}

const CellPopover = ({ target, shown, onClose }: CellPopoverProps): ReactNode => (
  <Popover
    isOpen
    triggerRef={target}
    placement="bottom start"
    offset={2}
    className={styles['popover'] ?? ''}
    onOpenChange={(isOpen) => {
      if (!isOpen) onClose();
    }}
  >
    <AriaMenu aria-label={shown.label} className={styles['menu'] ?? ''} autoFocus="first" onClose={onClose}>
      {shown.entries.map(({ label, icon, onAction }) => (
        <MenuItem key={label} textValue={label} onAction={onAction} className={styles['item'] ?? ''}>
          <span className={styles['mark']}>{icon && <Icon name={icon} />}</span>
          <span className={styles['label']}>{label}</span>
        </MenuItem>
      ))}
    </AriaMenu>
  </Popover>
);

interface CellValueProps {
  /** What is read: the field and its value. */
  readonly label: string;
  readonly entries: () => readonly MenuEntry[];
  readonly children: ReactNode;
  /** In a table the value is left out of the order of Tab, because its row has keys and a panel for the same. */
  readonly isInTable?: boolean;
}

/** A value whose click opens what can be done with it: filter, exclude, copy. */
export const CellValue = ({ label, entries, children, isInTable = true }: CellValueProps): ReactNode => {
  const open = useContext(MenuContext);
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label={label}
      tabIndex={isInTable ? -1 : 0}
      className={cellStyles['value']}
      onClick={(event) => {
        open(event.currentTarget, label, entries());
      }}
    >
      {children}
    </button>
  );
};
