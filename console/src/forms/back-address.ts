// The page that a form returns to: an address of this console only, so that a link cannot lead elsewhere.

/** Returns an address from the base on, or "" for anything that is not one. */
export const safeBack = (text: string): string => (/^\/(?![/\\])[^\\\s]*$/.test(text) ? text : '');
