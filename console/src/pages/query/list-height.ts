// The height of a list that scrolls: as its rows need, and no more than there is room for.

/** A comfortable row, and room for the header and the foot. */
const rowPx = 36;
const otherPx = 88;

export const heightOf = (rows: number, most: string): string => `min(${most}, ${String(rows * rowPx + otherPx)}px)`;
