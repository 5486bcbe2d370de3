// Short messages: shown for a moment, and read aloud politely.
import { type ReactNode, useEffect } from 'react';
import { createStore, useStore } from '../base/store.ts';
import { IconButton } from './button.tsx';
import styles from './announce.module.css';
import { Hidden } from './hidden.tsx';

interface Message {
  readonly text: string;
  readonly isShown: boolean;
  readonly number: number;
}

const messages = createStore<Message>({ text: '', isShown: false, number: 0 });
const shownMs = 6000;

/** Shows a message and reads it aloud. */
export const toast = (text: string): void => {
  messages.set({ text, isShown: true, number: messages.get().number + 1 });
};

/** Reads a message aloud without showing it. */
export const announce = (text: string): void => {
  messages.set({ text, isShown: false, number: messages.get().number + 1 });
};

/** Copies a text and says so. */
export const copyText = async (text: string, what: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
    toast(`Copied ${what}.`);
  } catch {
    toast(`The browser does not allow copying ${what}.`);
  }
};

/** The place of all messages; once, in the root. */
export const Announcements = (): ReactNode => {
  const { text, isShown, number } = useStore(messages);
  useEffect(() => {
    if (!isShown) return undefined;
    const timer = setTimeout(() => {
      messages.set({ text: '', isShown: false, number });
    }, shownMs);
    return () => {
      clearTimeout(timer);
    };
  }, [isShown, number]);
  return (
    <div role="status" aria-live="polite" className={styles['place']}>
      {isShown && (
        <div className={styles['toast']}>
          <span>{text}</span>
          <IconButton
            icon="cross"
            label="Dismiss"
            onClick={() => {
              messages.set({ text: '', isShown: false, number });
            }}
          />
        </div>
      )}
      {!isShown && text !== '' && <Hidden>{text}</Hidden>}
    </div>
  );
};
