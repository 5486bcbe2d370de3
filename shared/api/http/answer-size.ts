// Limits the size of answers. Lambda's 6 MB apply to the answer as JSON text inside JSON text, where each quote takes two bytes.

/**
 * Lambda quotas, "Invocation payload (request and response)", 6 MB; the rest is for status and headers.
 * @internal
 */
export const maxAnswerBytes = 6 * 1024 * 1024 - 16 * 1024;

const utf8 = new TextEncoder();

/** Returns the bytes that the JSON text of a body, or of a part of it, takes of the limit. */
export const answerBytes = (json: string): number => utf8.encode(JSON.stringify(json)).length;

/** Returns whether an answer fits. A UTF-16 code unit takes at most three bytes, so most answers need no counting. */
export const fitsAnswer = (json: string): boolean =>
  json.length * 3 <= maxAnswerBytes || answerBytes(json) <= maxAnswerBytes;

/** Bytes for the rest of an answer: cursors with ids of maximum length. */
const envelopeBytes = 16 * 1024;

/** Returns as many items of a page as fit into an answer; at least one. */
export const fitting = <T>(bodies: readonly T[]): readonly T[] => {
  let bytes = envelopeBytes;
  const end = bodies.findIndex((body, index) => {
    bytes += answerBytes(JSON.stringify(body));
    return index > 0 && bytes > maxAnswerBytes;
  });
  return end === -1 ? bodies : bodies.slice(0, end);
};
