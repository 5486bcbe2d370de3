// Buttons. An icon button has a label that is read and shown as a tooltip.
import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';
import { Tooltip } from './tooltip.tsx';

type ButtonLook = 'plain' | 'primary' | 'danger' | 'quiet';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  readonly look?: ButtonLook;
  readonly icon?: IconName;
  readonly isBusy?: boolean;
}

export const Button = ({ look = 'plain', icon, isBusy = false, children, ...rest }: ButtonProps): ReactNode => (
  <button type="button" {...rest} aria-busy={isBusy || undefined} className={classes(styles['button'], styles[look])}>
    {icon && <Icon name={icon} />}
    {children}
  </button>
);

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children'> {
  readonly icon: IconName;
  readonly label: string;
  /** The key that does the same. */
  readonly shortcut?: string;
}

export const IconButton = ({ icon, label, shortcut, ...rest }: IconButtonProps): ReactNode => (
  <Tooltip text={shortcut ? `${label} (${shortcut})` : label}>
    <button type="button" {...rest} aria-label={label} className={classes(styles['button'], styles['icon'])}>
      <Icon name={icon} />
    </button>
  </Tooltip>
);
