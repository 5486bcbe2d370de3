// The command that sends an event, for pages that wait for one.
import type { ReactNode } from 'react';
import { Code } from '../../ui/code.tsx';

const example = `echo '{"event_name":"api_call","external_customer_id":"acme"}' | npx tollgate send`;

export const SendExample = (): ReactNode => <Code text={example} what="the command" />;
