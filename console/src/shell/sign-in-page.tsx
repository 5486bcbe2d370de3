// The page before anything else: which key to use, and how to create one that can only read.
import { type ReactNode, useContext, useEffect } from 'react';
import { ConfigContext } from '../api/config-context.ts';
import { Code } from '../ui/code.tsx';
import { SignInForm } from './sign-in-form.tsx';
import styles from './sign-in.module.css';

const lifeMs = 8 * 3_600_000;
const command = (): string =>
  `npx tollgate keys create console --role event_reader --expires-at ${new Date(Date.now() + lifeMs).toISOString().slice(0, 19)}Z`;

export const SignInPage = ({ failure }: { readonly failure?: Error | undefined }): ReactNode => {
  const { apiUrl } = useContext(ConfigContext);
  useEffect(() => {
    document.title = 'Sign in · Tollgate';
  }, []);
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        <p className={styles['brand']}>Tollgate</p>
        <h1>Sign in to the console</h1>
        <p className={styles['lead']}>
          With an API key for <code>{apiUrl}</code>. It stays in this tab and is sent to this address only.
        </p>
        <SignInForm failure={failure} />
        <div className={styles['hint']}>
          <h2>Which key?</h2>
          <p>
            To look at events and usage, one that can only read and expires by itself is enough. This command creates
            one for 8 hours and shows it once:
          </p>
          <Code text={command()} what="the command" />
          <p>On your own machine, npm start prints an address that signs you in.</p>
        </div>
      </div>
    </main>
  );
};
