// The question as a form: what, who, when, which filters. What is chosen is asked at once; what is typed, on Enter or on leaving.
import { type ReactNode, useState } from 'react';
import { useApi } from '../../api/use-api.ts';
import { Chip } from '../../ui/chip.tsx';
import { listOf, textOfList, toggled } from '../../url/search-fields.ts';
import { pairOf } from '../../url/key-values.ts';
import { TextField } from '../../ui/fields.tsx';
import { DraftField } from '../parts/draft-field.tsx';
import styles from './query.module.css';
import { WhatFields } from './what-fields.tsx';
import { WhenFields } from './when-fields.tsx';
import type { QueryState } from './query-state.ts';
import type { QuestionState } from './use-question.ts';

interface QueryFormProps {
  readonly state: QueryState;
  readonly question: QuestionState;
  /** The broken rules of the last answer, by field. */
  readonly rules: Readonly<Record<string, string>>;
}

const mostSuggested = 200;

export const QueryForm = ({ state, question, rules }: QueryFormProps): ReactNode => {
  const { search, setSearch } = state;
  const customers = useApi({ route: 'listCustomers', query: { limit: mostSuggested } });
  return (
    <section className={styles['form']} aria-label="Question">
      <fieldset className={styles['row']}>
        <legend>What</legend>
        <WhatFields
          what={search}
          meters={question.meters.data?.items ?? []}
          rules={rules}
          onChange={(patch) => setSearch({ ...patch, outcome: '', reason: '', of: '' })}
        />
        <Filters state={state} problem={rules['filters']} />
      </fieldset>
      <fieldset className={styles['row']}>
        <legend>Who and when</legend>
        <DraftField
          label="Customer"
          value={search.customer}
          placeholder="All customers"
          problem={rules['external_customer_id']}
          suggestions={(customers.data?.items ?? []).map(({ external_id: value, name }) => ({
            value,
            ...(name !== value && { note: name }),
          }))}
          onCommit={(customer) => setSearch({ customer, subscription: '', period: '' })}
        />
        <WhenFields state={state} question={question} rules={rules} />
      </fieldset>
      <FilterChips state={state} />
    </section>
  );
};

const Filters = ({
  state: { search, setSearch },
  problem,
}: {
  readonly state: QueryState;
  readonly problem: string | undefined;
}): ReactNode => {
  const [text, setText] = useState('');
  const filters = listOf(search.filter);
  const isPair = text.includes('=');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPair || filters.includes(text)) return;
        setSearch({ filter: textOfList([...filters, text]) });
        setText('');
      }}
    >
      <TextField
        label="Property filter"
        value={text}
        onChange={setText}
        placeholder="key=value, Enter"
        problem={problem ?? (text !== '' && !isPair ? 'Write key=value.' : undefined)}
      />
    </form>
  );
};

const FilterChips = ({ state: { search, setSearch } }: { readonly state: QueryState }): ReactNode => {
  const filters = listOf(search.filter);
  if (filters.length === 0) return null;
  return (
    <div className={styles['chips']}>
      {filters.map((filter) => {
        const [key, value] = pairOf(filter);
        return (
          <Chip
            key={filter}
            name={key}
            value={value === '' ? '(empty or missing)' : value}
            onRemove={() => setSearch({ filter: toggled(search.filter, filter) })}
          />
        );
      })}
    </div>
  );
};
