// The form that asks for a key, on the sign-in page and over a page whose key is no longer accepted.
import { type ReactNode, useContext, useState } from 'react';
import { ConfigContext } from '../api/config-context.ts';
import { ApiFailure } from '../api/failure.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox, TextField } from '../ui/fields.tsx';
import { signIn } from './sign-in.ts';
import styles from './sign-in.module.css';

interface SignInFormProps {
  /** Shown until the first attempt. */
  readonly failure?: Error | undefined;
  readonly onDone?: () => void;
}

const reasonOf = (failure: Error): string =>
  failure instanceof ApiFailure && failure.status === 401
    ? 'This key is not accepted: unknown, revoked or expired.'
    : failure.message;

export const SignInForm = ({ failure: initial, onDone }: SignInFormProps): ReactNode => {
  const { apiUrl } = useContext(ConfigContext);
  const [key, setKey] = useState('');
  const [isRemembered, setIsRemembered] = useState(false);
  const [failure, setFailure] = useState(initial);
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    try {
      await signIn({ apiUrl, key: key.trim() }, isRemembered);
      onDone?.();
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() !== '' && !isBusy) void submit();
      }}
    >
      <TextField
        label="API key"
        type="password"
        autoComplete="off"
        value={key}
        onChange={setKey}
        isMono
        autoFocus
        problem={failure && reasonOf(failure)}
      />
      <Checkbox
        label="Remember this key in this browser (never one with the role super_admin)"
        isChecked={isRemembered}
        onChange={setIsRemembered}
      />
      <Button look="primary" type="submit" disabled={key.trim() === ''} isBusy={isBusy}>
        {isBusy ? 'Signing in …' : 'Sign in'}
      </Button>
    </form>
  );
};
