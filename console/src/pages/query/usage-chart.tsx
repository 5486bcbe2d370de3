// The chart of the windows, drawn by uPlot. It shows the rows of the table below it, which is for keyboards and screen readers.
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { groupedDigits } from '../../ui/digits.ts';
import type { ResolvedRange } from '../../url/range.ts';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSettings } from '../../url/settings.ts';
import type { ChartData } from './chart-data.ts';
import styles from './query.module.css';

interface UsageChartProps {
  readonly data: ChartData;
  readonly zone: string;
  readonly range: ResolvedRange;
  /** Starts of billing periods. */
  readonly boundaries: readonly string[];
  /** Called with the start of a window, in seconds. */
  readonly onOpen: (seconds: number) => void;
  /** Returns the window that starts then and its exact value, in words. */
  readonly describe: (seconds: number) => string;
}

const fills = ['--accent', '--billed', '--price', '--meter', '--subscription', '--conflict'] as const;
const height = 284;

/** Returns a colour of the design as the canvas needs it. */
const colourOf = (element: HTMLElement, token: string): string => {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

const scheme = window.matchMedia('(prefers-color-scheme: dark)');
const followScheme = (listener: () => void): (() => void) => {
  scheme.addEventListener('change', listener);
  return () => scheme.removeEventListener('change', listener);
};

export const UsageChart = ({ data, zone, range, boundaries, onOpen, describe }: UsageChartProps): ReactNode => {
  const frame = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState('');
  const { theme } = useSettings();
  const isDark = useSyncExternalStore(followScheme, () => scheme.matches);
  const calls = useRef({ onOpen, describe });
  useEffect(() => {
    calls.current = { onOpen, describe };
  });
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const axis = { stroke: colourOf(element, '--ink-muted'), grid: { stroke: colourOf(element, '--line'), width: 1 } };
    const boundary = colourOf(element, '--ink');
    const bars = uPlot.paths.bars?.({ size: [0.86, 64], align: 1 });
    const { starts, stacks } = data;
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
        legend: { show: false },
        cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
        scales: {
          x: { time: true, range: () => [Date.parse(range.start) / 1000, Date.parse(range.end) / 1000] },
          y: { range: (_, __, most) => [0, most > 0 ? most * 1.08 : 1] },
        },
        axes: [
          { ...axis, values: (_plot, ticks, _axis, _space, step) => ticks.map((tick) => tickText(tick, step, zone)) },
          { ...axis, size: 72, values: (_, ticks) => ticks.map((tick) => groupedDigits(tick)) },
        ],
        series: [
          {},
          ...stacks.map(({ name }, index) => ({
            label: name,
            fill: colourOf(element, fills[(stacks.length - 1 - index) % fills.length] ?? '--accent'),
            width: 0,
            points: { show: false },
            ...(bars && { paths: bars }),
          })),
        ],
        hooks: {
          draw: [
            (drawn) => {
              const { ctx, bbox } = drawn;
              ctx.save();
              ctx.strokeStyle = boundary;
              ctx.setLineDash([6, 4]);
              ctx.lineWidth = 2;
              for (const start of boundaries) {
                const x = Math.round(drawn.valToPos(Date.parse(start) / 1000, 'x', true));
                ctx.beginPath();
                ctx.moveTo(x, bbox.top);
                ctx.lineTo(x, bbox.top + bbox.height);
                ctx.stroke();
              }
              ctx.restore();
            },
          ],
          setCursor: [
            (pointed) => {
              const start = starts[pointed.cursor.idx ?? -1];
              setShown(start === undefined ? '' : calls.current.describe(start));
            },
          ],
        },
      },
      [[...starts], ...stacks.map(({ tops }) => [...tops])],
      element,
    );
    const click = (): void => {
      const start = starts[plot.cursor.idx ?? -1];
      if (start !== undefined) calls.current.onOpen(start);
    };
    plot.over.addEventListener('click', click);
    const sizes = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      plot.destroy();
    };
  }, [data, zone, range, boundaries, theme, isDark]);
  return (
    <figure className={styles['figureFrame']}>
      <div
        ref={frame}
        className={styles['chart']}
        role="img"
        aria-label="Usage by window; the table below has the same rows"
      />
      <figcaption className={styles['pointed']}>
        {data.stacks.length > 1 &&
          [...data.stacks].reverse().map(({ name }, index) => (
            <span key={name} className={styles['swatch']}>
              <svg width="10" height="10" aria-hidden="true">
                <rect
                  width="10"
                  height="10"
                  rx="2"
                  style={{ fill: `var(${fills[index % fills.length] ?? '--accent'})` }}
                />
              </svg>
              <VisibleText text={name} />
            </span>
          ))}
        <span aria-hidden="true">{shown}</span>
      </figcaption>
    </figure>
  );
};

const dayStep = 86_400;
const two = (number: number): string => String(number).padStart(2, '0');

/** Returns the text below a tick: the day, or the time where ticks are closer than a day. */
const tickText = (seconds: number, step: number, zone: string): string => {
  const at = uPlot.tzDate(new Date(seconds * 1000), zone);
  const day = `${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return step >= dayStep || clock === '00:00' ? day : clock;
};
