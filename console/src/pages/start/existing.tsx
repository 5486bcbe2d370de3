// Takes something that exists already instead of creating it.
import type { ReactNode } from 'react';
import { Select } from '../../ui/fields.tsx';
import type { Catalog } from './progress.ts';
import type { StartChoice, StepName } from './start-search.ts';
import styles from './start.module.css';

interface ExistingProps {
  readonly name: StepName;
  readonly catalog: Catalog;
  readonly onChange: (patch: Partial<StartChoice>) => void;
}

interface Choices {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly patchOf: (value: string) => Partial<StartChoice>;
}

const choicesOf = (name: StepName, { customers, meters, plans }: Catalog): Choices | undefined => {
  const none = { step: '', subscription: '', event: '' } as const;
  switch (name) {
    case 'customer':
      return {
        label: 'A customer that exists',
        options: customers.map((one) => ({ value: one.external_id, label: `${one.name} (${one.external_id})` })),
        patchOf: (customer) => ({ ...none, customer }),
      };
    case 'meter':
      return {
        label: 'A meter that exists',
        options: meters.map(({ id, name: own, event_name: event }) => ({ value: id, label: `${own} (${event})` })),
        patchOf: (meter) => ({ ...none, meter }),
      };
    case 'plan':
      return {
        label: 'A plan that exists',
        options: plans.map(({ id, name: own }) => ({ value: id, label: own })),
        patchOf: (plan) => ({ ...none, plan, free: '' }),
      };
    case 'price':
    case 'free':
    case 'subscription':
    case 'send':
    case 'billed':
      return undefined;
  }
};

export const Existing = ({ name, catalog, onChange }: ExistingProps): ReactNode => {
  const choices = choicesOf(name, catalog);
  if (!choices || choices.options.length === 0) return null;
  return (
    <div className={styles['existing']}>
      <Select
        label={choices.label}
        value=""
        options={[{ value: '', label: 'Choose …' }, ...choices.options]}
        onChange={(value) => {
          if (value !== '') onChange(choices.patchOf(value));
        }}
      />
      <p className={styles['note']}>or a new one:</p>
    </div>
  );
};
