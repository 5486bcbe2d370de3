// Splits text into what can be shown as it is and what is shown as an escape.

export interface TextPart {
  readonly kind: 'plain' | 'mark';
  readonly text: string;
}

const unseen =
  /^[\p{Zs}\t]+|[\p{Zs}\t]+$|[\p{Cc}\p{Cs}\u00a0\u00ad\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;

const names: Readonly<Record<string, string>> = { ' ': '␣', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (text: string): string =>
  Array.from(text, (one) => names[one] ?? `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`).join('');

export const splitVisible = (text: string): readonly TextPart[] => {
  const parts: TextPart[] = [];
  let copied = 0;
  for (const { 0: found, index } of text.matchAll(unseen)) {
    if (index > copied) parts.push({ kind: 'plain', text: text.slice(copied, index) });
    parts.push({ kind: 'mark', text: escaped(found) });
    copied = index + found.length;
  }
  if (copied < text.length) parts.push({ kind: 'plain', text: text.slice(copied) });
  return parts;
};
