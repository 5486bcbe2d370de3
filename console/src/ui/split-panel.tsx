// A list with a panel beside it. The border between them moves by pointer and by the arrow keys; below 900 px the panel covers the list.
import { type ReactNode, useRef } from 'react';
import { changeSettings, useSettings } from '../url/settings.ts';
import styles from './split-panel.module.css';

interface SplitPanelProps {
  readonly list: ReactNode;
  /** undefined: the list has all the room. */
  readonly panel: ReactNode;
  readonly panelLabel: string;
}

const least = 20;
const most = 75;
const within = (percent: number): number => Math.min(most, Math.max(least, Math.round(percent)));

export const SplitPanel = ({ list, panel, panelLabel }: SplitPanelProps): ReactNode => {
  const frame = useRef<HTMLDivElement>(null);
  const { panelPercent } = useSettings();
  const resize = (percent: number): void => {
    changeSettings({ panelPercent: within(percent) });
  };
  const hasPanel = panel !== undefined && panel !== null && panel !== false;
  return (
    <div
      ref={frame}
      className={styles['frame']}
      data-has-panel={hasPanel || undefined}
      style={hasPanel ? { gridTemplateColumns: `minmax(0, 1fr) 9px ${String(panelPercent)}%` } : {}}
    >
      <div className={styles['list']}>{list}</div>
      {hasPanel && (
        <>
          <div
            role="separator"
            aria-orientation="vertical"
            aria-label="Width of the panel"
            aria-valuenow={panelPercent}
            aria-valuemin={least}
            aria-valuemax={most}
            tabIndex={0}
            className={styles['handle']}
            onKeyDown={(event) => {
              if (event.key === 'ArrowLeft') resize(panelPercent + 4);
              else if (event.key === 'ArrowRight') resize(panelPercent - 4);
              else return;
              event.preventDefault();
            }}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onPointerMove={(event) => {
              const box = frame.current?.getBoundingClientRect();
              if (box && event.currentTarget.hasPointerCapture(event.pointerId))
                resize(((box.right - event.clientX) / box.width) * 100);
            }}
          />
          <section aria-label={panelLabel} className={styles['panel']}>
            {panel}
          </section>
        </>
      )}
    </div>
  );
};
