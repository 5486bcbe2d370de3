// The frame of a page: its one heading, its actions, and the title of the browser's tab.
import { type ReactNode, useEffect } from 'react';
import styles from './page-frame.module.css';

interface PageFrameProps {
  readonly title: string;
  /** What the heading shows, if it is more than the title. */
  readonly heading?: ReactNode;
  /** Below the heading: a sentence, a freshness note. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Between heading and content: filters, tabs. */
  readonly bar?: ReactNode;
  /** `scroll`: the page scrolls; `fill`: its parts do, and it has the height of the window. */
  readonly layout?: 'scroll' | 'fill';
  /** A panel is open that is a page of its own in a narrow window: the header is only read aloud there. */
  readonly isCovered?: boolean;
  readonly children: ReactNode;
}

export const PageFrame = ({
  title,
  heading,
  lead,
  actions,
  bar,
  layout = 'scroll',
  isCovered = false,
  children,
}: PageFrameProps): ReactNode => {
  useEffect(() => {
    document.title = `${title} · Tollgate`;
  }, [title]);
  return (
    <div className={styles['page']} data-layout={layout} data-covered={isCovered || undefined}>
      <header className={styles['header']}>
        <div className={styles['top']}>
          <h1>{heading ?? title}</h1>
          {actions && <div className={styles['actions']}>{actions}</div>}
        </div>
        {lead && <div className={styles['lead']}>{lead}</div>}
        {bar && <div className={styles['bar']}>{bar}</div>}
      </header>
      <div className={styles['content']}>{children}</div>
    </div>
  );
};

/** A part of a page with a heading. */
export const Section = ({
  title,
  actions,
  children,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode => (
  <section className={styles['section']} aria-label={title}>
    <div className={styles['sectionTop']}>
      <h2>{title}</h2>
      {actions && <div className={styles['actions']}>{actions}</div>}
    </div>
    {children}
  </section>
);

/** A surface with a border for what belongs together. */
export const Card = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <div className={styles['card']}>{children}</div>
);
