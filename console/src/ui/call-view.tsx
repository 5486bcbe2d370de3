// The call behind a view, as curl, as a command of the CLI, and as TypeScript.
import { type ReactNode, useContext, useState } from 'react';
import type { Call } from '../api/call.ts';
import { callTexts } from '../api/call-texts.ts';
import { ConfigContext } from '../api/config-context.ts';
import { copyText } from './announce.tsx';
import { Button } from './button.tsx';
import styles from './call-view.module.css';
import { Dialog } from './dialog.tsx';
import { Tabs } from './tabs.tsx';

interface CallViewProps {
  readonly call: Call;
}

/** A button that opens the call of a view. */
export const CallButton = ({ call }: CallViewProps): ReactNode => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        <span className={styles['braces']} aria-hidden="true">
          {'{ }'}
        </span>
        API call
      </Button>
      {isOpen && (
        <Dialog
          title="The same from your terminal or code"
          size="large"
          onClose={() => {
            setIsOpen(false);
          }}
        >
          <CallView call={call} />
        </Dialog>
      )}
    </>
  );
};

export const CallView = ({ call }: CallViewProps): ReactNode => {
  const { apiUrl } = useContext(ConfigContext);
  const [selected, setSelected] = useState('curl');
  const { curl, cli, sdk } = callTexts(call, apiUrl);
  const tabs = [
    { id: 'curl', label: 'curl', content: <Code text={curl} what="the curl command" /> },
    ...(cli === undefined ? [] : [{ id: 'cli', label: 'CLI', content: <Code text={cli} what="the CLI command" /> }]),
    ...(call.body
      ? [{ id: 'json', label: 'JSON', content: <Code text={JSON.stringify(call.body, null, 2)} what="the body" /> }]
      : []),
    { id: 'sdk', label: 'TypeScript', content: <Code text={sdk} what="the code" /> },
  ];
  return <Tabs label="API call" tabs={tabs} selected={selected} onSelect={setSelected} />;
};

interface CodeProps {
  readonly text: string;
  /** What is copied, after "Copied …". */
  readonly what: string;
}

/** A text to paste somewhere, with a button that copies it. */
export const Code = ({ text, what }: CodeProps): ReactNode => (
  <div className={styles['code']}>
    <pre tabIndex={0}>{text}</pre>
    <Button look="quiet" icon="copy" onClick={() => void copyText(text, what)}>
      Copy
    </Button>
  </div>
);
