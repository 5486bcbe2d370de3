// Small bars of SVG: every bar, or part of one, is a link to what it counts. A table of the same numbers belongs beside them.
import type { ReactNode } from 'react';
import styles from './bars.module.css';
import { groupedDigits } from './digits.ts';
import { PageLink } from './page-link.tsx';

export interface BarPart {
  readonly name: string;
  readonly count: number;
  readonly fill: string;
  readonly href?: string;
}

/** One horizontal bar of parts, with a legend in which each part is a link. */
export const StackedBar = ({
  parts,
  label,
}: {
  readonly parts: readonly BarPart[];
  readonly label: string;
}): ReactNode => {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const shown = parts.filter(({ count }) => count > 0);
  return (
    <figure className={styles['figure']} aria-label={label}>
      <div className={styles['stack']} aria-hidden="true">
        {shown.map(({ name, count, fill }) => (
          <span key={name} style={{ flexGrow: count, background: fill }} title={`${name}: ${groupedDigits(count)}`} />
        ))}
        {total === 0 && <span className={styles['none']} />}
      </div>
      <ul className={styles['legend']}>
        {shown.map(({ name, count, fill, href }) => {
          const face = (
            <>
              <span className={styles['dot']} style={{ background: fill }} />
              {name} <span className={styles['count']}>{groupedDigits(count)}</span>
            </>
          );
          return (
            <li key={name}>{href === undefined ? <span>{face}</span> : <PageLink href={href}>{face}</PageLink>}</li>
          );
        })}
      </ul>
    </figure>
  );
};
