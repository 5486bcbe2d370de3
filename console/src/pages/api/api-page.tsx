// The reference of the API, from the document that the API itself serves: operations by subject, each on an address of its own.
import { type ReactNode, useMemo } from 'react';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { PageFrame, Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded, NothingMatches } from '../../ui/states.tsx';
import { usePathId } from '../../url/use-path-id.ts';
import { useSearchState } from '../../url/use-search.ts';
import { type ApiDocument, type Operation, readDocument, searchOperations } from './api-document.ts';
import { ApiSearchSchema } from './api-search.ts';
import styles from './api.module.css';
import { OperationView } from './operation-view.tsx';
import { Inline, Prose } from './prose.tsx';

const call = { route: 'getOpenApi' } as const;

export const Page = (): ReactNode => {
  const id = usePathId();
  const { search, setSearch } = useSearchState(ApiSearchSchema);
  const query = useApi(call);
  const answer: unknown = query.data;
  const document = useMemo(() => (answer === undefined ? undefined : readDocument(answer)), [answer]);
  const operation = document?.operations.find((one) => one.id === id);
  const title = operation?.summary ?? (id === '' ? 'API reference' : id);
  const found = searchOperations(document?.operations ?? [], search.q);
  return (
    <PageFrame
      title={id === '' ? title : `${title} · API`}
      heading={title}
      lead={
        id === '' ? (
          'From the description that this API serves.'
        ) : (
          <PageLink href={`/api${search.q === '' ? '' : `?q=${encodeURIComponent(search.q)}`}`}>
            All operations
          </PageLink>
        )
      }
      actions={<CallButton call={call} />}
    >
      <Loaded query={{ ...query, data: document }} lines={16}>
        {(read) => (
          <div className={styles['page']} data-chosen={id !== '' || undefined}>
            <nav className={styles['side']} aria-label="Operations">
              <TextField
                label="Search operations"
                type="search"
                value={search.q}
                onChange={(q) => setSearch({ q }, { replace: true })}
              />
              <OperationList document={read} operations={found} id={id} q={search.q} />
              {found.length === 0 && (
                <p className={styles['note']}>
                  Nothing matches. <Button onClick={() => setSearch({ q: '' }, { replace: true })}>Show all</Button>
                </p>
              )}
            </nav>
            <div className={styles['main']}>
              {operation ? (
                <OperationView key={id} operation={operation} document={read} />
              ) : id === '' ? (
                <Introduction document={read} operations={found} />
              ) : (
                <NothingMatches title="There is no operation with this name">
                  <PageLink href="/api">All operations</PageLink>
                </NothingMatches>
              )}
            </div>
          </div>
        )}
      </Loaded>
    </PageFrame>
  );
};

interface OperationListProps {
  readonly document: ApiDocument;
  readonly operations: readonly Operation[];
  readonly id: string;
  readonly q: string;
}

const addressOf = (id: string, q: string): string =>
  `/api/${encodeURIComponent(id)}${q === '' ? '' : `?q=${encodeURIComponent(q)}`}`;

const OperationList = ({ document: { tags }, operations, id, q }: OperationListProps): ReactNode =>
  tags.map(({ name }) => {
    const own = operations.filter(({ tag }) => tag === name);
    return own.length === 0 ? null : (
      <div key={name} className={styles['group']}>
        <p className={styles['tag']}>{name}</p>
        <ul className={styles['links']}>
          {own.map(({ id: one, method, summary }) => (
            <li key={one}>
              <PageLink
                href={addressOf(one, q)}
                className={styles['link']}
                {...(one === id && { 'aria-current': 'page' as const })}
              >
                <span className={styles['method']} data-method={method}>
                  {method}
                </span>
                <span>{summary}</span>
              </PageLink>
            </li>
          ))}
        </ul>
      </div>
    );
  });

const Introduction = ({
  document: { description, version, tags },
  operations,
}: {
  readonly document: ApiDocument;
  readonly operations: readonly Operation[];
}): ReactNode => (
  <div className={styles['operation']}>
    <div className={styles['prose']}>
      <Prose text={description} />
      <p>
        Version {version}. The document itself is <code>GET /v1/openapi.json</code>, without a key. The API is that of
        Flexprice, so its SDKs work; every operation shows its call as curl and TypeScript, and tries it.
      </p>
    </div>
    <Section title="Subjects">
      <dl className={styles['subjects']}>
        {tags.map(({ name, description: words }) => {
          const count = operations.filter(({ tag }) => tag === name).length;
          return count === 0 ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Inline text={words} /> <span className={styles['note']}>{count} operations</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </Section>
  </div>
);
