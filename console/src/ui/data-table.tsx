// A table of many rows, of which only those in sight are in the document. The first cell of a row is a link to what it is about;
// j and k (or the arrow keys on a link) move between them.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useShortcuts } from './shortcuts.ts';
import { useSettings } from '../url/settings.ts';
import { classes } from './classes.ts';
import styles from './data-table.module.css';
import { Icon } from './icon.tsx';
import { PageLink } from './page-link.tsx';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Pixels; the last column takes what is left. */
  readonly width: number;
  readonly isNumeric?: boolean;
  readonly isMono?: boolean;
  /** How the rows are sorted by it; with `onSort` a reader may change that. */
  readonly sort?: 'ascending' | 'descending' | 'none';
  readonly onSort?: () => void;
  /** A control in the header: remove the column, for example. */
  readonly action?: ReactNode;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The address of what a row is about. */
  readonly hrefOf: (row: Row) => string;
  readonly selectedKey?: string;
  /** Rows beyond those that are loaded. */
  readonly hasMore?: boolean;
  readonly foot?: ReactNode;
  /** Called when the cursor moves; a live table pauses. */
  readonly onMove?: () => void;
  readonly onScroll?: (top: number) => void;
  /** Receives the element that scrolls. */
  readonly scrollerRef?: RefObject<HTMLDivElement | null>;
}

const rowHeights = { compact: 28, comfortable: 36 } as const;

export const DataTable = <Row,>({
  label,
  columns,
  rows,
  keyOf,
  hrefOf,
  selectedKey,
  hasMore = false,
  foot,
  onMove,
  onScroll,
  scrollerRef,
}: DataTableProps<Row>): ReactNode => {
  const ownScroller = useRef<HTMLDivElement>(null);
  const scroller = scrollerRef ?? ownScroller;
  const { density } = useSettings();
  const size = rowHeights[density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    overscan: 12,
    scrollPaddingStart: size,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
  });
  useEffect(() => {
    virtual.measure();
  }, [virtual, size]);
  const [focusKey, setFocusKey] = useState('');

  const cursor = (): number => {
    const active = document.activeElement?.closest('[data-row]')?.getAttribute('data-row');
    const key = active ?? selectedKey ?? '';
    return rows.findIndex((row) => keyOf(row) === key);
  };
  const moveTo = (index: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined) return;
    onMove?.();
    virtual.scrollToIndex(rows.indexOf(row));
    setFocusKey(keyOf(row));
  };
  useEffect(() => {
    if (focusKey === '') return;
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(focusKey)}"] [data-row-link]`);
    if (!link) return;
    link.focus({ preventScroll: true });
    setFocusKey('');
  });
  useShortcuts({
    j: () => {
      moveTo(cursor() + 1);
    },
    k: () => {
      moveTo(Math.max(0, cursor() - 1));
    },
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);

  return (
    <div
      ref={scroller}
      className={styles['scroller']}
      tabIndex={-1}
      onScroll={(event) => onScroll?.(event.currentTarget.scrollTop)}
      onKeyDown={(event) => {
        const isOnLink = event.target instanceof HTMLElement && event.target.hasAttribute('data-row-link');
        if (!isOnLink) return;
        const to = { ArrowDown: cursor() + 1, ArrowUp: cursor() - 1, Home: 0, End: rows.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        moveTo(to);
      }}
    >
      <table
        className={styles['table']}
        aria-label={label}
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        style={{ minWidth: columns.reduce((sum, { width }) => sum + width, 0) }}
      >
        <colgroup>
          {columns.map(({ id, width }, index) => (
            <col key={id} {...(index < columns.length - 1 && { style: { width } })} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {items.map(({ index, key }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const rowKey = keyOf(row);
            return (
              <tr
                key={key}
                aria-rowindex={index + 2}
                data-row={rowKey}
                className={classes(styles['row'], rowKey === selectedKey && styles['selected'])}
                onClick={openRow}
              >
                {columns.map((column, place) => (
                  <td
                    key={column.id}
                    className={classes(column.isNumeric && styles['numeric'], column.isMono && styles['mono'])}
                  >
                    {place === 0 ? (
                      <PageLink
                        href={hrefOf(row)}
                        className={styles['link']}
                        data-row-link=""
                        resetScroll={false}
                        {...(rowKey === selectedKey && { 'aria-current': 'true' as const })}
                      >
                        {column.cell(row)}
                      </PageLink>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
      {foot && <div className={styles['foot']}>{foot}</div>}
    </div>
  );
};

/** A click beside the link opens the row too; its own links and buttons, and text that is being selected, are left alone. */
const openRow = (event: MouseEvent<HTMLTableRowElement>): void => {
  const isOwn = event.target instanceof Element && event.target.closest('a, button') !== null;
  if (isOwn || window.getSelection()?.isCollapsed === false) return;
  event.currentTarget.querySelector<HTMLElement>('[data-row-link]')?.click();
};

const HeadCell = <Row,>({ column }: { readonly column: Column<Row> }): ReactNode => (
  <th
    scope="col"
    className={classes(column.isNumeric && styles['numeric'])}
    {...(column.sort && { 'aria-sort': column.sort })}
  >
    <span className={styles['head']}>
      {column.onSort ? (
        <button type="button" className={styles['sort']} onClick={column.onSort}>
          {column.header}
          {column.sort === 'ascending' && <Icon name="up" size={12} />}
          {column.sort === 'descending' && <Icon name="down" size={12} />}
        </button>
      ) : (
        <span className={styles['name']}>{column.header}</span>
      )}
      {column.action}
    </span>
  </th>
);
