// Counts over time as bars of parts. A bar is a link to its events; dragging over bars chooses a range. The arrow keys move along
// the bars, and the range has inputs of its own, so nothing needs a drag.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { classes } from './classes.ts';
import { groupedDigits } from './digits.ts';
import type { HistogramBar } from './histogram-bar.ts';
import styles from './histogram.module.css';
import { PageLink } from './page-link.tsx';

interface HistogramProps {
  readonly label: string;
  readonly bars: readonly HistogramBar[];
  /** What stands below at the left, in the middle and at the right. */
  readonly ticks: readonly string[];
  readonly onRange: (start: string, end: string) => void;
}

const totalOf = ({ parts }: HistogramBar): number => parts.reduce((sum, { count }) => sum + count, 0);

const barText = (bar: HistogramBar): string => {
  const parts = bar.parts.filter(({ count }) => count > 0).map(({ name, count }) => `${groupedDigits(count)} ${name}`);
  return `${bar.label}: ${parts.length === 0 ? 'no events' : parts.join(', ')}`;
};

export const Histogram = ({ label, bars, ticks, onRange }: HistogramProps): ReactNode => {
  const frame = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(bars.length - 1);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>();
  const greatest = Math.max(1, ...bars.map(totalOf));
  const indexAt = (clientX: number): number => {
    const box = frame.current?.getBoundingClientRect();
    if (!box) return 0;
    return Math.max(0, Math.min(bars.length - 1, Math.floor(((clientX - box.left) / box.width) * bars.length)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowRight: focused + 1, ArrowLeft: focused - 1, Home: 0, End: bars.length - 1 }[event.key];
    if (to === undefined || to < 0 || to >= bars.length) return;
    event.preventDefault();
    setFocused(to);
    frame.current?.querySelectorAll('a')[to]?.focus();
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => {
    if (!drag) return;
    const [first, last] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    const [from, to] = [bars[first], bars[last]];
    setDrag(undefined);
    if (event.currentTarget.hasPointerCapture(event.pointerId)) {
      event.currentTarget.releasePointerCapture(event.pointerId);
      if (from && to) onRange(from.start, to.end);
    }
  };
  const isChosen = (index: number): boolean =>
    drag !== undefined && index >= Math.min(drag.from, drag.to) && index <= Math.max(drag.from, drag.to);
  return (
    <figure className={styles['figure']} aria-label={label}>
      <span className={styles['greatest']} aria-hidden="true">
        {groupedDigits(greatest)}
      </span>
      <div
        ref={frame}
        className={styles['bars']}
        onKeyDown={onKeyDown}
        onDragStart={(event) => {
          event.preventDefault();
        }}
        onPointerDown={(event) => {
          if (event.button === 0) setDrag({ from: indexAt(event.clientX), to: indexAt(event.clientX) });
        }}
        onPointerMove={(event) => {
          if (!drag) return;
          const to = indexAt(event.clientX);
          if (to !== drag.from && !event.currentTarget.hasPointerCapture(event.pointerId))
            event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ ...drag, to });
        }}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          setDrag(undefined);
        }}
      >
        {bars.map((bar, index) => (
          <PageLink
            key={bar.start}
            href={bar.href}
            title={barText(bar)}
            aria-label={barText(bar)}
            tabIndex={index === Math.min(focused, bars.length - 1) ? 0 : -1}
            className={classes(styles['bar'], isChosen(index) && styles['chosen'])}
          >
            {bar.parts.map(({ name, count, fill }) =>
              count === 0 ? null : (
                <span key={name} style={{ height: `${String((count / greatest) * 100)}%`, background: fill }} />
              ),
            )}
          </PageLink>
        ))}
      </div>
      <div className={styles['ticks']} aria-hidden="true">
        {ticks.map((tick, index) => (
          <span key={index}>{tick}</span>
        ))}
      </div>
    </figure>
  );
};
