// The steps that decide an event: customer → meter → price → line item → period, each with what was expected and what was found.
import type { ReactNode } from 'react';
import { Hidden } from './hidden.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';
import styles from './steps.module.css';

export interface Step {
  readonly name: string;
  readonly state: 'found' | 'not_found' | 'unprocessed' | 'warned';
  /** The result in a few words, with links. */
  readonly result: ReactNode;
  readonly expected?: ReactNode;
  readonly got?: ReactNode;
  readonly more?: ReactNode;
}

const looks: Readonly<Record<Step['state'], readonly [IconName, string]>> = {
  found: ['check', 'found'],
  not_found: ['cross', 'not found'],
  unprocessed: ['minus', 'not reached'],
  warned: ['alert', 'found, with a warning'],
};

export const Steps = ({ steps }: { readonly steps: readonly Step[] }): ReactNode => (
  <ol className={styles['steps']}>
    {steps.map(({ name, state, result, expected, got, more }) => (
      <li key={name} className={styles['step']} data-state={state}>
        <span className={styles['mark']}>
          <Icon name={looks[state][0]} size={12} />
        </span>
        <div className={styles['text']}>
          <h3 className={styles['name']}>
            {name}
            <Hidden>: {looks[state][1]}</Hidden>
          </h3>
          <div className={styles['result']}>{result}</div>
          {(expected !== undefined || got !== undefined) && (
            <dl className={styles['pair']}>
              <dt>Expected</dt>
              <dd>{expected ?? '–'}</dd>
              <dt>Got</dt>
              <dd>{got ?? '–'}</dd>
            </dl>
          )}
          {more}
        </div>
      </li>
    ))}
  </ol>
);
