// The last changes of a subscription, newest first.
import type { ReactNode } from 'react';
import type { HistoryEntryBody } from '../../../../shared/api/bodies/subscriptions.ts';
import { Section } from '../../ui/page-frame.tsx';
import { Time } from '../../ui/time.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import resource from '../resource/resource.module.css';

const valueText = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

export const SubscriptionHistory = ({ entries }: { readonly entries: readonly HistoryEntryBody[] }): ReactNode => (
  <Section title="History">
    {entries.length === 0 ? (
      <p className={resource['muted']}>Nothing has changed since it was created.</p>
    ) : (
      <div className={resource['scroll']} tabIndex={0} role="region" aria-label="History, table">
        <table className={resource['table']}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">What</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
              <th scope="col">By key</th>
            </tr>
          </thead>
          <tbody>
            {entries.toReversed().map((one, index) => (
              <tr key={index}>
                <td>
                  <Time value={one.time} precision="second" />
                </td>
                <td>{one.field}</td>
                <td>
                  <VisibleText text={valueText(one.old)} />
                </td>
                <td>
                  <VisibleText text={valueText(one.new)} />
                </td>
                <td>
                  <code>{one.key}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </Section>
);
