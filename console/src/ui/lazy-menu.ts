// Loads the open menu when it is about to be needed: when its button is pointed at or focused.
import { lazy } from 'react';

const load = async () => ({ default: (await import('./menu-popover.tsx')).MenuPopover });

export const LazyMenuPopover = lazy(load);

/** Begins to load; a failure shows when the menu opens. */
export const preloadMenu = (): void => {
  load().catch(() => undefined);
};
