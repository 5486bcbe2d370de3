// A short text about a control, shown on hover and on focus; it stays while it is pointed at, and Escape closes it.
// It is the visible form of a name that the control already has, so it is not read a second time.
import { type FocusEvent, type KeyboardEvent, type ReactNode, useRef } from 'react';
import styles from './tooltip.module.css';

interface TooltipProps {
  readonly text: string;
  /** One control. */
  readonly children: ReactNode;
}

const delayMs = 500;
const gap = 6;

/** Puts the text below its control, or above it at the end of the window, and never beyond the edges. */
const place = (tip: HTMLElement, control: Element): void => {
  const at = control.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(Math.max(gap, at.left + at.width / 2 - width / 2), window.innerWidth - width - gap);
  const below = at.bottom + gap;
  tip.style.left = `${String(Math.max(gap, left))}px`;
  tip.style.top = `${String(below + height > window.innerHeight ? at.top - height - gap : below)}px`;
};

export const Tooltip = ({ text, children }: TooltipProps): ReactNode => {
  const tip = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const frame = useRef<HTMLSpanElement>(null);
  const show = (): void => {
    const control = frame.current?.firstElementChild;
    if (!tip.current || !control || tip.current.matches(':popover-open')) return;
    tip.current.showPopover();
    place(tip.current, control);
  };
  const hide = (): void => {
    clearTimeout(timer.current);
    if (tip.current?.matches(':popover-open')) tip.current.hidePopover();
  };
  const onFocus = (event: FocusEvent): void => {
    if (event.target.matches(':focus-visible')) show();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') hide();
  };
  return (
    <span
      ref={frame}
      className={styles['frame']}
      onPointerEnter={() => {
        timer.current = setTimeout(show, delayMs);
      }}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={onFocus}
      onBlur={hide}
      onKeyDown={onKeyDown}
    >
      {children}
      <span ref={tip} popover="manual" aria-hidden="true" className={styles['tooltip']}>
        {text}
      </span>
    </span>
  );
};
