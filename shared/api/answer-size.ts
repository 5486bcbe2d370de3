// How large an answer may be: Lambda's 6 MB count it as JSON text inside of JSON text, where each quote takes two bytes.

/** Lambda quotas, "Invocation payload (request and response)", 6 MB; the rest is for status and headers. */
export const maxAnswerBytes = 6 * 1024 * 1024 - 16 * 1024;

const utf8 = new TextEncoder();

/** What the JSON text of a body, or of a part of it, takes of that. */
export const answerBytes = (json: string): number => utf8.encode(JSON.stringify(json)).length;

/** A UTF-16 code unit takes at most three bytes, so most answers need no counting. */
export const fitsAnswer = (json: string): boolean =>
  json.length * 3 <= maxAnswerBytes || answerBytes(json) <= maxAnswerBytes;
