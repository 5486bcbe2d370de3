// The API keys that this key may see: what they may do, how often, until when; create and revoke.
import { type ReactNode, useState } from 'react';
import { routes } from '../../../../shared/api/http/routes.ts';
import type { Call } from '../../api/call.ts';
import { useApiPages } from '../../api/use-api.ts';
import { useSession } from '../../session/session-store.ts';
import { mayCall } from '../../session/whoami.ts';
import { Button } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { Code } from '../../ui/code.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Num } from '../../ui/number.tsx';
import { Card, PageFrame, Section } from '../../ui/page-frame.tsx';
import { Loaded, NothingMatches } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSettings } from '../../url/settings.ts';
import { timeText } from '../../url/time-text.ts';
import { useSearchState } from '../../url/use-search.ts';
import { useDebounced } from '../parts/use-debounced.ts';
import { type ApiKey, expiryState, readerKeyCommand, roleWords } from './key-words.ts';
import { KeysSearchSchema } from './keys-search.ts';
import styles from './keys.module.css';
import { NewKeyDialog } from './new-key.tsx';
import { RevokeKey } from './revoke-key.tsx';

const pageSize = 100;

export const Page = (): ReactNode => {
  const { search, setSearch } = useSearchState(KeysSearchSchema);
  const { who } = useSession();
  const [revoked, setRevoked] = useState<ApiKey>();
  const name = useDebounced(search.search);
  const callOf = (offset: string | undefined): Call<'listApiKeys'> => ({
    route: 'listApiKeys',
    query: { limit: pageSize, name, offset },
  });
  const query = useApiPages({
    callOf,
    cursorOf: ({ items, pagination: { offset, total } }) =>
      items.length < pageSize || offset >= total ? undefined : String(offset),
  });
  const mayCreate = mayCall(who, routes.createApiKey.roles);
  return (
    <PageFrame
      title="API keys"
      lead="Whoever calls the API has a key. A key sees itself and those that it created; super_admin sees all of its environment."
      actions={
        <>
          <CallButton call={callOf(undefined)} />
          <Button look="primary" icon="plus" disabled={!mayCreate} onClick={() => setSearch({ new: '1' })}>
            New key
          </Button>
        </>
      }
    >
      <div className={styles['search']}>
        <TextField
          label="Find by name"
          type="search"
          value={search.search}
          onChange={(text) => setSearch({ search: text }, { replace: true })}
        />
      </div>
      <Loaded query={query}>
        {(pages) => {
          const keys = pages.flatMap(({ items }) => items);
          return (
            <>
              {keys.length === 0 ? (
                <NothingMatches
                  title="No key has this name"
                  actions={<Button onClick={() => setSearch({ search: '' })}>Show all keys</Button>}
                />
              ) : (
                <KeyTable keys={keys} ownId={who.key_id} onRevoke={setRevoked} />
              )}
              {query.hasNextPage && (
                <p>
                  <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    Show more
                  </Button>
                </p>
              )}
              <RoleWords />
            </>
          );
        }}
      </Loaded>
      {search.new === '1' && mayCreate && <NewKeyDialog onClose={() => setSearch({ new: '' }, { replace: true })} />}
      {revoked && (
        <RevokeKey apiKey={revoked} isOwn={revoked.id === who.key_id} onClose={() => setRevoked(undefined)} />
      )}
    </PageFrame>
  );
};

const RoleWords = (): ReactNode => {
  const [now] = useState(Date.now);
  return (
    <Section title="What the roles allow">
      <Card>
        <dl className={styles['words']}>
          {roleWords.map(({ role, can }) => (
            <div key={role}>
              <dt>
                <code>{role}</code>
              </dt>
              <dd>{can}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <p className={styles['note']}>For this console, a key that only reads and expires is the safest:</p>
      <Code text={readerKeyCommand(now)} what="the command" />
    </Section>
  );
};

interface KeyTableProps {
  readonly keys: readonly ApiKey[];
  readonly ownId: string;
  readonly onRevoke: (key: ApiKey) => void;
}

const KeyTable = ({ keys, ownId, onRevoke }: KeyTableProps): ReactNode => {
  const { timezone } = useSettings();
  const [now] = useState(Date.now);
  const time = (instant: string): ReactNode => <span title={instant}>{timeText(instant, timezone, false)}</span>;
  return (
    <div className={styles['scroller']} tabIndex={0} role="region" aria-label="API keys">
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Secret</th>
            <th scope="col">Roles</th>
            <th scope="col">Rate limit</th>
            <th scope="col">Created</th>
            <th scope="col">Expires</th>
            <th scope="col">
              <span className={styles['unseen']}>Action</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => {
            const state = expiryState(key.expires_at, now);
            return (
              <tr key={key.id} data-own={key.id === ownId || undefined}>
                <th scope="row">
                  <VisibleText text={key.name} /> {key.id === ownId && <span className={styles['own']}>your key</span>}
                  <div className={styles['id']}>{key.id}</div>
                </th>
                <td>
                  <code>{key.display_id}</code>
                </td>
                <td>{key.roles.join(', ')}</td>
                <td>
                  {key.rate_limit ? (
                    <>
                      <Num value={key.rate_limit.per_second} />
                      /s, burst <Num value={key.rate_limit.burst} />
                    </>
                  ) : (
                    'none'
                  )}
                </td>
                <td>{time(key.created_at)}</td>
                <td data-expiry={state}>
                  {key.expires_at === null ? 'never' : time(key.expires_at)}
                  {state === 'expired' && ' (expired)'}
                  {state === 'soon' && ' (soon)'}
                </td>
                <td>
                  <Button look="quiet" onClick={() => onRevoke(key)}>
                    Revoke …<span className={styles['unseen']}> {key.name}</span>
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
