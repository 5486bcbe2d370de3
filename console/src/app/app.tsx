// The root: configuration, queries, the router, the sign-in gate, and messages.
import { I18nProvider } from 'react-aria-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ConfigContext } from '../api/config-context.ts';
import type { Config } from '../session/config.ts';
import type { PendingKey } from '../session/open-sessions.ts';
import { SignInGate } from '../shell/sign-in-gate.tsx';
import { Announcements } from '../ui/announce.tsx';
import { openRouter } from './router.tsx';

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 15_000, gcTime: 300_000, refetchOnWindowFocus: false } },
});
const router = openRouter();

interface AppProps {
  readonly config: Config;
  readonly pending: PendingKey;
}

export const App = ({ config, pending }: AppProps): ReactNode => (
  <ConfigContext value={config}>
    <I18nProvider locale="en-US">
      <QueryClientProvider client={client}>
        <SignInGate pending={pending}>
          <RouterProvider router={router} />
        </SignInGate>
        <Announcements />
      </QueryClientProvider>
    </I18nProvider>
  </ConfigContext>
);
