// Creates a key. Its secret is shown once, in a dialog that closes only when one says that it is saved.
import { type ReactNode, useState } from 'react';
import { roles as allRoles } from '../../../../shared/api/http/routes.ts';
import type { Call } from '../../api/call.ts';
import { fieldRules } from '../../api/failure.ts';
import { useCommand } from '../../api/use-api.ts';
import { useSession } from '../../session/session-store.ts';
import { Button } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { Code } from '../../ui/code.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Select, TextField } from '../../ui/fields.tsx';
import { lifetimes, type NewKey, newKeyBody, roleWords } from './key-words.ts';
import styles from './keys.module.css';

export const NewKeyDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { who } = useSession();
  const [now] = useState(Date.now);
  const [fields, setFields] = useState<NewKey>({
    name: '',
    roles: ['event_reader'],
    days: '30',
    perSecond: '',
    burst: '',
  });
  const set = (patch: Partial<NewKey>): void => setFields({ ...fields, ...patch });
  const command = useCommand<'createApiKey'>();
  const call: Call<'createApiKey'> = { route: 'createApiKey', body: newKeyBody(fields, now) };
  const rules = fieldRules(command.error);
  const grantable: readonly string[] = who.roles.includes('super_admin') ? allRoles : who.roles;
  const others = Object.entries(rules).filter(
    ([field]) => !['name', 'roles', 'expires_at', 'rate_limit.per_second', 'rate_limit.burst'].includes(field),
  );
  if (command.data) return <Secret name={command.data.secret.name} secret={command.data.api_key} onClose={onClose} />;
  return (
    <Dialog
      title="New API key"
      onClose={onClose}
      actions={
        <>
          <CallButton call={call} />
          <Button
            look="primary"
            disabled={fields.name.trim() === '' || fields.roles.length === 0 || command.isPending}
            isBusy={command.isPending}
            onClick={() => command.mutate(call)}
          >
            Create the key
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <TextField
          label="Name"
          value={fields.name}
          onChange={(name) => set({ name })}
          problem={rules['name']}
          note="Who or what uses it, so that you know later what a revocation stops."
          required
        />
        <fieldset className={styles['roles']}>
          <legend>Roles</legend>
          {roleWords.map(({ role, can }) => (
            <Checkbox
              key={role}
              isDisabled={!grantable.includes(role)}
              isChecked={fields.roles.includes(role)}
              onChange={(isChecked) =>
                set({
                  roles: isChecked ? [...fields.roles, role] : fields.roles.filter((one) => one !== role),
                })
              }
              label={
                <>
                  <code>{role}</code> <span className={styles['note']}>{can}</span>
                </>
              }
            />
          ))}
          {grantable.length < allRoles.length && (
            <p className={styles['note']}>A key grants only roles that it has itself.</p>
          )}
          {rules['roles'] !== undefined && <p className={styles['problem']}>{rules['roles']}</p>}
        </fieldset>
        <div className={styles['pair']}>
          <Select
            label="Expires"
            value={fields.days}
            options={lifetimes}
            onChange={(days) => set({ days })}
            problem={rules['expires_at']}
          />
          <TextField
            label="Requests per second"
            value={fields.perSecond}
            onChange={(perSecond) => set({ perSecond })}
            problem={rules['rate_limit.per_second']}
            inputMode="numeric"
            note="Empty: no limit."
          />
          <TextField
            label="Burst"
            value={fields.burst}
            onChange={(burst) => set({ burst })}
            problem={rules['rate_limit.burst']}
            inputMode="numeric"
            note="Requests at once."
          />
        </div>
        {command.error && (others.length > 0 || Object.keys(rules).length === 0) && (
          <p className={styles['problem']} role="alert">
            {others.length === 0
              ? command.error.message
              : others.map(([field, rule]) => `${field}: ${rule}`).join('; ')}
          </p>
        )}
      </div>
    </Dialog>
  );
};

interface SecretProps {
  readonly name: string;
  readonly secret: string;
  readonly onClose: () => void;
}

const Secret = ({ name, secret, onClose }: SecretProps): ReactNode => {
  const [isSaved, setIsSaved] = useState(false);
  return (
    <Dialog
      title="Save the secret now"
      isRequired
      onClose={onClose}
      actions={
        <Button look="primary" disabled={!isSaved} onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className={styles['form']}>
        <p>The key “{name}” is created. This is the only time that its secret is shown: only a hash of it is stored.</p>
        <Code text={secret} what="the secret" />
        <Checkbox label="I have saved it" isChecked={isSaved} onChange={setIsSaved} />
      </div>
    </Dialog>
  );
};
