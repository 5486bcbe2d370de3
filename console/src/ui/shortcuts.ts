// Keyboard shortcuts: single keys, and sequences of two that begin with g. Never while a reader types, nor while a dialog is open.
import { useEffect, useRef } from 'react';
import { settingsStore } from '../url/settings.ts';

export type Shortcuts = Readonly<Record<string, () => void>>;

const registered: { readonly current: Shortcuts }[] = [];
let pending = '';
let pendingUntil = 0;
const sequenceMs = 1200;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role=combobox], [role=menu], [role=listbox]') !== null);

const isCovered = (): boolean => document.querySelector('dialog[open], [role=menu]') !== null;

const find = (keys: string): (() => void) | undefined => {
  for (let index = registered.length - 1; index >= 0; index -= 1) {
    const action = registered[index]?.current[keys];
    if (action) return action;
  }
  return undefined;
};

const onKeyDown = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || event.altKey) return;
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && event.key !== 'k') return;
  if (!isCommand && (isTyping(event.target) || !settingsStore.get().hasShortcuts)) return;
  if (isCovered()) return;
  const isSequence = pending !== '' && event.timeStamp < pendingUntil;
  const keys = isCommand ? 'Ctrl-K' : isSequence ? `${pending} ${event.key}` : event.key;
  pending = '';
  const action = find(keys);
  if (action) {
    event.preventDefault();
    action();
  } else if (event.key === 'g' && !isCommand) {
    pending = 'g';
    pendingUntil = event.timeStamp + sequenceMs;
  }
};

/** Registers shortcuts while a component is shown; the one that was shown last wins. */
export const useShortcuts = (shortcuts: Shortcuts): void => {
  const ref = useRef(shortcuts);
  useEffect(() => {
    ref.current = shortcuts;
  });
  useEffect(() => {
    if (registered.length === 0) document.addEventListener('keydown', onKeyDown);
    registered.push(ref);
    return () => {
      registered.splice(registered.indexOf(ref), 1);
      if (registered.length === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
};
