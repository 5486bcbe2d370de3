// A bar of a histogram.

export interface HistogramBar {
  /** RFC 3339, in UTC. */
  readonly start: string;
  readonly end: string;
  /** The times as the reader sees them. */
  readonly label: string;
  readonly href: string;
  readonly parts: readonly { readonly name: string; readonly count: number; readonly fill: string }[];
}
