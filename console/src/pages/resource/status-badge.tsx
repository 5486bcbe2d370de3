// The status of an entity or a subscription, as text with a shape.
import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-paths.ts';
import styles from './resource.module.css';

const looks: Readonly<Record<string, readonly [tone: string, icon: IconName]>> = {
  published: ['good', 'check'],
  active: ['good', 'check'],
  trialing: ['good', 'clock'],
  draft: ['quiet', 'minus'],
  paused: ['quiet', 'pause'],
  incomplete: ['quiet', 'clock'],
  archived: ['quiet', 'box'],
  deleted: ['bad', 'cross'],
  cancelled: ['bad', 'cross'],
};

const words: Readonly<Record<string, string>> = { trialing: 'in trial' };

export const StatusBadge = ({ status }: { readonly status: string }): ReactNode => {
  const [tone, icon] = looks[status] ?? ['quiet', 'minus'];
  return (
    <span className={styles['badge']} data-tone={tone}>
      <Icon name={icon} size={12} />
      {words[status] ?? status}
    </span>
  );
};
