// The call that a form sends, in one of several notations; which one is the reader's choice.
import { type ReactNode, useContext, useState } from 'react';
import type { Call } from '../api/call.ts';
import { callTexts } from '../api/call-texts.ts';
import { ConfigContext } from '../api/config-context.ts';
import { Code } from '../ui/code.tsx';
import styles from './forms.module.css';

export const SentView = ({ call }: { readonly call: Call }): ReactNode => {
  const { apiUrl } = useContext(ConfigContext);
  const [chosen, setChosen] = useState('JSON');
  const { curl, cli, sdk } = callTexts(call, apiUrl);
  const texts: readonly (readonly [name: string, text: string])[] = [
    ...(call.body ? [['JSON', JSON.stringify(call.body, null, 2)] as const] : []),
    ['curl', curl],
    ...(cli === undefined ? [] : [['CLI', cli] as const]),
    ['TypeScript', sdk],
  ];
  const [name, text] = texts.find(([one]) => one === chosen) ?? texts[0] ?? ['', ''];
  return (
    <div className={styles['sentView']}>
      <div role="group" aria-label="Notation" className={styles['notations']}>
        {texts.map(([one]) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === name}
            className={styles['notation']}
            onClick={() => {
              setChosen(one);
            }}
          >
            {one}
          </button>
        ))}
      </div>
      <Code text={text} what={name === 'JSON' ? 'the body' : 'the call'} />
    </div>
  );
};
