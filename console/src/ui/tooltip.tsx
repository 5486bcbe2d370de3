// A short text about a control, shown on hover and on focus, closed by Escape.
import type { ReactElement, ReactNode } from 'react';
import { Focusable, Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import styles from './tooltip.module.css';

interface TooltipProps {
  readonly text: string;
  /** One focusable element. */
  readonly children: ReactElement<Record<string, unknown>, string>;
}

export const Tooltip = ({ text, children }: TooltipProps): ReactNode => (
  <TooltipTrigger delay={500} closeDelay={100}>
    <Focusable>{children}</Focusable>
    <AriaTooltip className={styles['tooltip'] ?? ''} offset={6}>
      {text}
    </AriaTooltip>
  </TooltipTrigger>
);
