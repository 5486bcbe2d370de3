// Escapes text from outside, so that it cannot control the terminal.

/** Writes control characters, and those that change the direction of text, as escapes such as `\u{9b}`. */
export const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
