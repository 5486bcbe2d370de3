// Icons of 16 pixels, drawn with the colour of the text. They are decoration: what they say is also in words.
import type { ReactNode } from 'react';

const paths = {
  check: 'M3.5 8.5l3 3 6-7',
  alert: 'M8 2.5l6 11H2zM8 6.5v3.5M8 12v.2',
  cross: 'M4 4l8 8M12 4l-8 8',
  minus: 'M3.5 8h9',
  plus: 'M8 3.5v9M3.5 8h9',
  clock: 'M8 2.2a5.8 5.8 0 100 11.6A5.8 5.8 0 008 2.2zM8 5v3.2l2.2 1.3',
  split: 'M3 4h3l4 8h3M3 12h3l1.2-2.4M8.8 6.4L10 4h3',
  box: 'M2.5 5L8 2.2 13.5 5v6L8 13.8 2.5 11zM2.5 5L8 8l5.5-3M8 8v5.8',
  person: 'M8 8a2.6 2.6 0 100-5.2A2.6 2.6 0 008 8zM3 13.5c.4-2.6 2.4-4 5-4s4.600 1.400 5 4',
  gauge: 'M2.500 11.500a5.800 5.800 0 1111 0M8 10.500l2.800-3.600',
  tag: 'M2.500 2.500h5l6 6-5 5-6-6zM5.200 5.200v.1',
  link: 'M6.500 9.500l3-3M7.500 4.500L9 3a2.800 2.800 0 014 4l-1.500 1.500M8.500 11.500L7 13a2.800 2.800 0 01-4-4l1.500-1.500',
  copy: 'M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3',
  search: 'M7 11.500A4.500 4.500 0 107 2.500a4.500 4.500 0 000 9zM10.300 10.300l3.200 3.200',
  filter: 'M2.500 3.500h11l-4.300 5v4.500l-2.400-1.200V8.500z',
  down: 'M4 6.500L8 10.500 12 6.500',
  right: 'M6.500 4L10.500 8 6.500 12',
  left: 'M9.500 4L5.500 8l4 4',
  up: 'M4 9.500L8 5.500l4 4',
  refresh: 'M13 8a5 5 0 11-1.500-3.600M13 2.500v2.800h-2.800',
  more: 'M3.500 8v.1M8 8v.1M12.500 8v.1',
  list: 'M2.500 4h11M2.500 8h11M2.500 12h11',
  live: 'M8 8v.1M5 5a4.300 4.300 0 000 6M11 5a4.300 4.300 0 010 6M2.900 2.900a7.200 7.200 0 000 10.200M13.100 2.900a7.200 7.200 0 010 10.200',
  query: 'M2.500 13.500V9M6.200 13.500v-8M9.800 13.500V7.500M13.500 13.500v-11',
  receipt: 'M3.500 2.500v11l1.500-1 1.500 1 1.500-1 1.500 1 1.500-1 1.500 1v-11zM6 6h4M6 9h4',
  home: 'M2.500 7.500L8 2.800l5.500 4.700v6h-3.800V9.800H6.300v3.700H2.500z',
  catalog: 'M2.500 2.500h4.500v4.500H2.500zM9 2.500h4.500v4.500H9zM2.500 9h4.500v4.500H2.500zM9 9h4.500v4.500H9z',
  subscription: 'M3 5.500h9l-2-2M13 10.500H4l2 2',
  send: 'M2.500 8L13.500 2.800 10.800 13.200 7.500 9.500zM7.500 9.500l6-6.700',
  key: 'M5.500 13a2.800 2.800 0 100-5.600 2.800 2.800 0 000 5.600zM7.500 8.300L13 2.800M10.500 5.300l2 2',
  book: 'M8 4C6.500 2.800 4.500 2.500 2.500 2.800v9.700c2-.3 4 0 5.500 1.200 1.500-1.200 3.500-1.500 5.500-1.200V2.800C11.500 2.500 9.500 2.800 8 4zM8 4v9.500',
  start: 'M5 3l8 5-8 5z',
  pause: 'M5.500 3.500v9M10.500 3.500v9',
  gear: 'M8 10a2 2 0 100-4 2 2 0 000 4zM8 2v2M8 12v2M2 8h2M12 8h2M3.800 3.800l1.400 1.400M10.800 10.800l1.400 1.400M12.200 3.800l-1.400 1.400M5.200 10.800l-1.400 1.400',
  columns: 'M2.500 3h11v10h-11zM6.200 3v10M9.800 3v10',
  download: 'M8 2.500v7.500M4.500 7L8 10.500 11.500 7M3 13.500h10',
  open: 'M6.500 3.500h-4v10h10v-4M9 2.500h4.500V7M13.500 2.500L7.500 8.500',
  help: 'M5.800 6a2.200 2.200 0 114 1.200c-.8.700-1.800 1-1.800 2.300M8 12.200v.2',
} as const;

export type IconName = keyof typeof paths;

export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactNode => (
  <svg
    aria-hidden="true"
    width={size}
    height={size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
  >
    <path d={paths[name]} />
  </svg>
);
