// What the keyboard does.
import type { ReactNode } from 'react';
import { pages } from '../pages/pages.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Checkbox } from '../ui/fields.tsx';
import { changeSettings, useSettings } from '../url/settings.ts';
import styles from './help-dialog.module.css';

const general: readonly (readonly [string, string])[] = [
  ['/', 'Search, or open an id (also Ctrl-K)'],
  ['?', 'This help'],
  ['j  k', 'Next and previous row'],
  ['Enter', 'Open the row'],
  ['Esc', 'Close the panel or dialog'],
  ['f', 'Add a filter'],
  ['x', 'Exclude the event name of the row'],
  ['y', 'Copy the id of the row'],
  ['p', 'Pause (live)'],
  ['L', 'Jump to live'],
  ['[  ]', 'Previous and next period'],
];

export const HelpDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { hasShortcuts } = useSettings();
  const ways = pages.flatMap(({ key, title }) => (key === undefined ? [] : [[`g ${key}`, title] as const]));
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <Checkbox
        label="Shortcuts are on"
        isChecked={hasShortcuts}
        onChange={(isOn) => {
          changeSettings({ hasShortcuts: isOn });
        }}
      />
      <dl className={styles['keys']}>
        {[...general, ...ways].map(([keys, text]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
};
