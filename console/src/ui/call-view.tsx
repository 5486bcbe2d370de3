// The call behind a view, as curl, as a command of the CLI, and as TypeScript.
import { type ReactNode, useContext, useState } from 'react';
import type { Call } from '../api/call.ts';
import { callTexts } from '../api/call-texts.ts';
import { ConfigContext } from '../api/config-context.ts';
import { Code } from './code.tsx';
import { Tabs } from './tabs.tsx';

export const CallView = ({ call }: { readonly call: Call }): ReactNode => {
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
