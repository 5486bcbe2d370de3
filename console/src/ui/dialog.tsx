// A modal dialog: the native element, which keeps the focus inside, makes the rest inert, and closes by Escape.
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';
import { OverlayPlace } from './overlay-place.ts';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at the bottom. */
  readonly actions?: ReactNode;
  readonly onClose: () => void;
  /** A dialog that needs an answer has no button to close it. */
  readonly isRequired?: boolean;
  readonly size?: 'small' | 'large';
}

/** Returns the control that a reader wants first: the one that is marked (a safe answer), or a field, not the button that closes. */
const firstControl = (dialog: HTMLDialogElement): HTMLElement | null =>
  dialog.querySelector<HTMLElement>('[data-first-focus]') ??
  dialog.querySelector<HTMLElement>(':is(input, textarea, select):not(:disabled)');

export const Dialog = ({
  title,
  children,
  actions,
  onClose,
  isRequired = false,
  size = 'small',
}: DialogProps): ReactNode => {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) {
      dialog.showModal();
      firstControl(dialog)?.focus();
    }
    return () => {
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      className={styles['dialog']}
      data-size={size}
      onCancel={(event) => {
        event.preventDefault();
        if (!isRequired) onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current && !isRequired) onClose();
      }}
    >
      <div className={styles['frame']}>
        <header className={styles['header']}>
          <h2 id={titleId}>{title}</h2>
          {!isRequired && <IconButton icon="cross" label="Close" onClick={onClose} />}
        </header>
        <div className={styles['body']}>
          <OverlayPlace value={ref}>{children}</OverlayPlace>
        </div>
        {actions && <footer className={styles['actions']}>{actions}</footer>}
      </div>
    </dialog>
  );
};
