// Facts that every entity has: its id, status, metadata and who made it when.
import type { ReactNode } from 'react';
import { copyText } from '../../ui/announce.tsx';
import { IconButton } from '../../ui/button.tsx';
import { KeyValue, type KeyValueRow } from '../../ui/key-value.tsx';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import styles from './resource.module.css';
import { StatusBadge } from './status-badge.tsx';

interface EntityLike {
  readonly id: string;
  readonly status: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly archived_at?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

const CopyableId = ({ id }: { readonly id: string }): ReactNode => (
  <span className={styles['id']}>
    <code title={id}>
      <VisibleText text={id} />
    </code>
    <IconButton icon="copy" label="Copy the id" onClick={() => void copyText(id, 'the id')} />
  </span>
);

export const EntityFacts = ({
  entity,
  rows = [],
  status = entity.status,
}: {
  readonly entity: EntityLike;
  readonly rows?: readonly KeyValueRow[];
  readonly status?: string;
}): ReactNode => (
  <KeyValue
    rows={[
      ['Status', <StatusBadge key="status" status={status} />],
      ...rows,
      ['Id', <CopyableId key="id" id={entity.id} />],
      ...Object.entries(entity.metadata ?? {}).map(([key, value]): KeyValueRow => [
        `metadata.${key}`,
        <VisibleText key={key} text={value} />,
      ]),
      ['Created', <Time key="created" value={entity.created_at} precision="second" />],
      [
        'Changed',
        entity.updated_at === entity.created_at ? undefined : (
          <Time key="changed" value={entity.updated_at} precision="second" />
        ),
      ],
      [
        'Archived',
        entity.archived_at === undefined ? undefined : (
          <Time key="archived" value={entity.archived_at} precision="second" />
        ),
      ],
    ]}
  />
);
