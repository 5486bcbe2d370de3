// The menu of a cell's value, one for the whole table: it opens at the value that was clicked.
import { createContext, type ReactNode, Suspense, useContext, useMemo, useRef, useState } from 'react';
import styles from './cell-menu.module.css';
import { splitVisible } from './split-visible.ts';
import { LazyMenuPopover, preloadMenu } from './lazy-menu.ts';
import type { MenuEntry } from './menu-entries.ts';

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
  return (
    <MenuContext value={open}>
      {children}
      {shown && (
        <Suspense>
          <LazyMenuPopover
            {...shown}
            target={target}
            onClose={() => {
              setShown(undefined);
            }}
          />
        </Suspense>
      )}
    </MenuContext>
  );
};

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
      aria-label={splitVisible(label)
        .map(({ text }) => text)
        .join('')}
      tabIndex={isInTable ? -1 : 0}
      className={styles['value']}
      onPointerEnter={preloadMenu}
      onClick={(event) => {
        open(event.currentTarget, label, entries());
      }}
    >
      {children}
    </button>
  );
};
