// Text from outside: control characters, and those that change the direction of text, are shown as escapes.
import type { ReactNode } from 'react';
import { splitVisible } from './split-visible.ts';
import styles from './visible-text.module.css';

/** Blanks at the ends are marked too, because a name with one is another name. */
export const VisibleText = ({ text }: { readonly text: string }): ReactNode =>
  splitVisible(text).map(({ kind, text: part }, index) =>
    kind === 'plain' ? (
      part
    ) : (
      <span key={index} className={styles['mark']} title={part}>
        {part}
      </span>
    ),
  );
