// Packs decisions: distinct ids once, distinct decisions once. At most 100 KB for each part; beyond that a decision keeps its
// verdict, its customer and the counts of what was left out. Warnings of sending have a small room of their own, so that a sender's
// mistakes do not crowd out other decisions.
import type { JsonValue } from '../json-text.ts';
import { type Decision, isOfSending, type Verdict } from '../matching/decision.ts';
import { type Warning, warningCodes } from '../matching/warnings.ts';
import { fail, readArray, readIndex, readInteger, readString } from './segment-lines.ts';

/** Bytes of the complete decisions of one part; the rest of its 100 KB is for up to 500 without details. */
const maxCompleteBytes = 64 * 1024;
/** Bytes of decisions with warnings of sending; beyond that they lose these warnings, and are mostly the same as others then. */
const maxSendingBytes = 8 * 1024;
/** Indexes in this list are stored: only ever append. */
export const verdicts: readonly Verdict[] = [
  'processed',
  'customer_lookup',
  'meter_lookup',
  'price_lookup',
  'subscription_line_item_lookup',
];

const readVerdict = (value: JsonValue | undefined): Verdict =>
  verdicts[readIndex(value, verdicts.length)] ?? fail('a verdict');

/** The number of events by verdict; verdicts of no event are left out. */
export type VerdictCounts = Readonly<Partial<Record<Verdict, number>>>;

export const countVerdicts = (decisions: readonly Decision[]): VerdictCounts => {
  const counts: Partial<Record<Verdict, number>> = {};
  for (const { verdict } of decisions) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
};

export const writeVerdictCounts = (counts: VerdictCounts): JsonValue => verdicts.map((verdict) => counts[verdict] ?? 0);

/** Throws SegmentFormatError. */
export const readVerdictCounts = (value: JsonValue | undefined): VerdictCounts => {
  const counts = readArray(value).map((count, index) => [readVerdict(index), readInteger(count)] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
};

interface DecisionTable {
  /** Begins the next part: decisions that are added from here on belong to it. */
  readonly startPart: () => void;
  /** Adds a decision and returns its index in the line. */
  readonly add: (decision: Decision) => number;
  readonly toLine: () => string;
}

const withoutDetails = (decision: Decision): Decision => ({
  verdict: decision.verdict,
  customerId: decision.customerId,
  meterIds: [],
  priceIds: [],
  lineItemIds: [],
  warnings: [],
  beyond: {
    meters: decision.beyond.meters + decision.meterIds.length,
    prices: decision.beyond.prices + decision.priceIds.length,
    lineItems: decision.beyond.lineItems + decision.lineItemIds.length,
    warnings: (decision.beyond.warnings ?? 0) + decision.warnings.length,
  },
});

const withoutSending = (decision: Decision): Decision => {
  const warnings = decision.warnings.filter((warning) => !isOfSending(warning));
  const left = decision.warnings.length - warnings.length;
  return { ...decision, warnings, beyond: { ...decision.beyond, warnings: (decision.beyond.warnings ?? 0) + left } };
};

/** Bytes used of the part. */
interface Room {
  used: number;
  readonly most: number;
}

/** Returns the counts without the zeros at the end; most decisions have none. */
const toCounts = ({ meters, prices, lineItems, warnings = 0 }: Decision['beyond']): readonly number[] => {
  const counts = [meters, prices, lineItems, warnings];
  return counts.slice(0, counts.findLastIndex((count) => count > 0) + 1);
};

export const createDecisionTable = (): DecisionTable => {
  const ids = new Map<string, number>();
  const rows: string[] = [];
  const known = new Map<string, number>();
  const complete: Room = { used: 0, most: maxCompleteBytes };
  const sending: Room = { used: 0, most: maxSendingBytes };

  const indexId = (id: string, room: Room): number => {
    const index = ids.get(id) ?? ids.size;
    if (index === ids.size) {
      ids.set(id, index);
      room.used += Buffer.byteLength(JSON.stringify(id)) + 1;
    }
    return index;
  };

  const addRow = (text: string, decision: Decision, room: Room): number => {
    const index = (id: string): number => indexId(id, room);
    const row = JSON.stringify([
      verdicts.indexOf(decision.verdict),
      index(decision.customerId),
      decision.meterIds.map(index),
      decision.priceIds.map(index),
      decision.lineItemIds.map(index),
      decision.warnings.map(({ code, subject, detail }) => [code, subject, detail]),
      toCounts(decision.beyond),
    ]);
    known.set(text, rows.length);
    room.used += Buffer.byteLength(row) + 1;
    return rows.push(row) - 1;
  };

  const add = (decision: Decision): number => {
    const text = JSON.stringify(decision);
    const index = known.get(text);
    if (index !== undefined) return index;
    const isSending = decision.warnings.some(isOfSending);
    const room = isSending ? sending : complete;
    if (room.used + Buffer.byteLength(text) <= room.most) return addRow(text, decision, room);
    if (isSending) return add(withoutSending(decision));
    const reduced = withoutDetails(decision);
    const reducedText = JSON.stringify(reduced);
    return known.get(reducedText) ?? addRow(reducedText, reduced, complete);
  };

  return {
    startPart: () => {
      complete.used = 0;
      sending.used = 0;
    },
    add,
    toLine: () => `[${JSON.stringify([...ids.keys()])},[${rows.join(',')}]]`,
  };
};

const readCounts = (value: JsonValue | undefined): Decision['beyond'] => {
  const [meters = 0, prices = 0, lineItems = 0, warnings = 0] = readArray(value).map(readInteger);
  return { meters, prices, lineItems, ...(warnings > 0 && { warnings }) };
};

const readWarning = (value: JsonValue): Warning => {
  const [found, subject, detail] = readArray(value);
  const code = warningCodes.find((known) => known === found) ?? fail('a warning code');
  return { code, subject: readString(subject), detail: readString(detail) };
};

/** Reads the decisions of a line, by their index in it. Throws SegmentFormatError. */
export const readDecisions = (line: JsonValue): readonly Decision[] => {
  const [idList, rows] = readArray(line);
  const ids = readArray(idList).map(readString);
  const idAt = (value: JsonValue | undefined): string => ids[readIndex(value, ids.length)] ?? fail('an id');
  return readArray(rows).map((row): Decision => {
    const [verdict, customer, meters, prices, lineItems, warnings, counts] = readArray(row);
    return {
      verdict: readVerdict(verdict),
      customerId: idAt(customer),
      meterIds: readArray(meters).map(idAt),
      priceIds: readArray(prices).map(idAt),
      lineItemIds: readArray(lineItems).map(idAt),
      beyond: readCounts(counts),
      warnings: readArray(warnings).map(readWarning),
    };
  });
};
