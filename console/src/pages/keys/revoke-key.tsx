// Revokes a key, after saying what stops with it. One's own key asks for its name.
import { type ReactNode, useState } from 'react';
import type { Call } from '../../api/call.ts';
import { ApiFailure } from '../../api/failure.ts';
import { useCommand } from '../../api/use-api.ts';
import { toast } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, TextField } from '../../ui/fields.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { type ApiKey, whatStops } from './key-words.ts';
import styles from './keys.module.css';

interface RevokeKeyProps {
  readonly apiKey: ApiKey;
  readonly isOwn: boolean;
  readonly onClose: () => void;
}

export const RevokeKey = ({ apiKey, isOwn, onClose }: RevokeKeyProps): ReactNode => {
  const [typed, setTyped] = useState('');
  const [isForced, setIsForced] = useState(false);
  const command = useCommand<'deleteApiKey'>(() => {
    toast(`Revoked “${apiKey.name}”.`);
    onClose();
  });
  const call: Call<'deleteApiKey'> = {
    route: 'deleteApiKey',
    path: { id: apiKey.id },
    ...(isForced && { query: { force: true } }),
  };
  const needsForce = command.error instanceof ApiFailure && 'force' in command.error.details;
  return (
    <Dialog
      title={isOwn ? 'Revoke your own key' : 'Revoke the key'}
      onClose={onClose}
      actions={
        <>
          <CallButton call={call} />
          <Button onClick={onClose}>Keep it</Button>
          <Button
            look="danger"
            disabled={(isOwn && typed !== apiKey.name) || (needsForce && !isForced) || command.isPending}
            isBusy={command.isPending}
            onClick={() => command.mutate(call)}
          >
            Revoke
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <p>
          Whoever uses “
          <VisibleText text={apiKey.name} />” (<code>{apiKey.display_id}</code>) is refused within 30 seconds. What
          stops: <strong>{whatStops(apiKey.roles)}</strong>. Keys that it created stay. A revocation cannot be undone.
        </p>
        {isOwn && (
          <TextField
            label={`This is the key that you are signed in with. To revoke it, type its name: ${apiKey.name}`}
            value={typed}
            onChange={setTyped}
          />
        )}
        {command.error && (
          <p className={styles['problem']} role="alert">
            {command.error.message}
          </p>
        )}
        {needsForce && (
          <Checkbox
            label="Revoke it anyway: afterwards no super_admin key of this environment may be left, and only the operator can create one"
            isChecked={isForced}
            onChange={setIsForced}
          />
        )}
      </div>
    </Dialog>
  );
};
