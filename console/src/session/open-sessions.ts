// Takes a key from the fragment (`#key=…`) and removes it from the URL before anything else reads the URL.

export interface PendingKey {
  /** A key from the fragment, which must still be checked; "" if there is none. */
  readonly key: string;
}

export const openSessions = (): PendingKey => {
  const { hash, pathname, search } = window.location;
  if (!hash.startsWith('#key=')) return { key: '' };
  window.history.replaceState(null, '', pathname + search);
  return { key: decodeURIComponent(hash.slice('#key='.length)) };
};
