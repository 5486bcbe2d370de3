// Texts from outside as a terminal may have them: nothing of them can steer it.

/** Control characters, and those that turn the direction of a text, as `\u{9b}`. */
export const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
