// The header of packed events: how many there are, when they were decided, and how the rest is laid out. Events of one sender
// are laid out alike, so a fold of many small segments reads a layout once.
import { type Packing, readPacking } from './packed-ids.ts';
import { type PropertyLayout, readPropertyLayout } from './property-layout.ts';
import { parseLine, readArray, readDigits } from './segment-lines.ts';

interface EventLayout {
  /** Of the ids; undefined: they are text. */
  readonly packing: Packing | undefined;
  readonly properties: PropertyLayout;
}

export interface EventHeader extends EventLayout {
  readonly count: number;
  readonly catalogVersion: number;
  /** UTC milliseconds. */
  readonly decidedAt: number;
}

const readLayout = (text: string): EventLayout => {
  const [packing, shapes, columns] = readArray(parseLine(`[${text}]`));
  return {
    packing: packing === null ? undefined : readPacking(packing),
    properties: readPropertyLayout(shapes, columns),
  };
};

let last: { readonly text: string; readonly layout: EventLayout } | undefined;

/** The line `[count, catalog version, decided-at, packing of the ids, shapes, columns]`. Throws SegmentFormatError. */
export const readHeader = (line: string): EventHeader => {
  const afterCount = line.indexOf(',');
  const afterVersion = line.indexOf(',', afterCount + 1);
  const afterNumbers = line.indexOf(',', afterVersion + 1);
  const text = line.slice(afterNumbers + 1, -1);
  if (last?.text !== text) last = { text, layout: readLayout(text) };
  return {
    count: readDigits(line, 1, afterCount),
    catalogVersion: readDigits(line, afterCount + 1, afterVersion),
    decidedAt: readDigits(line, afterVersion + 1, afterNumbers),
    packing: last.layout.packing,
    properties: last.layout.properties,
  };
};
