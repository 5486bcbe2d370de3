// A text to paste somewhere, with a button that copies it.
import type { ReactNode } from 'react';
import { copyText } from './announce.tsx';
import { Button } from './button.tsx';
import styles from './code.module.css';

interface CodeProps {
  readonly text: string;
  /** What is copied, after "Copied …". */
  readonly what: string;
}

export const Code = ({ text, what }: CodeProps): ReactNode => (
  <div className={styles['code']}>
    <pre tabIndex={0}>{text}</pre>
    <Button look="quiet" icon="copy" onClick={() => void copyText(text, what)}>
      Copy
    </Button>
  </div>
);
