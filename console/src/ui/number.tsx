// An exact number, in tabular digits; with an address it opens what makes it up.
import type { ReactNode } from 'react';
import { type Digits, groupedDigits, plainDigits } from './digits.ts';
import { PageLink } from './page-link.tsx';
import styles from './number.module.css';

interface NumProps {
  readonly value: Digits;
  readonly unit?: string;
  /** Where the events or steps behind it are. */
  readonly href?: string;
}

export const Num = ({ value, unit, href }: NumProps): ReactNode => {
  const face = (
    <span className={styles['number']} title={plainDigits(value)}>
      {groupedDigits(value)}
      {unit && <span className={styles['unit']}> {unit}</span>}
    </span>
  );
  return href === undefined ? face : <PageLink href={href}>{face}</PageLink>;
};
