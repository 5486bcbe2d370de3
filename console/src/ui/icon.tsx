// Icons of 16 pixels, drawn with the colour of the text. They are decoration: what they say is also in words.
import type { ReactNode } from 'react';
import { type IconName, iconPaths } from './icon-paths.ts';

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
    <path d={iconPaths[name]} />
  </svg>
);
