// The number beside another one: that of the period before, or of a second definition.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { fieldRules } from '../../api/failure.ts';
import { Select } from '../../ui/fields.tsx';
import { groupedDigits, plainDigits } from '../../ui/digits.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useSettings } from '../../url/settings.ts';
import { rangeText } from '../../url/range.ts';
import { ledgerOf, outcomeWords, type Usage } from './ledger.ts';
import type { QuerySearch } from './query-search.ts';
import styles from './query.module.css';
import type { QueryState } from './query-state.ts';
import { isAsked, type What } from './question.ts';
import { Refused } from './refused.tsx';
import { whatText, whenText } from './question-text.ts';
import { differenceOf, percentMore } from './running-total.ts';
import type { QuestionState } from './use-question.ts';
import { WhatFields } from './what-fields.tsx';

interface CompareTabProps {
  readonly usage: Usage;
  readonly state: QueryState;
  readonly question: QuestionState;
}

const named = (patch: Partial<What>): Partial<QuerySearch> => ({
  ...(patch.by !== undefined && { by2: patch.by }),
  ...(patch.meter !== undefined && { meter2: patch.meter }),
  ...(patch.event !== undefined && { event2: patch.event }),
  ...(patch.aggregation !== undefined && { aggregation2: patch.aggregation }),
  ...(patch.property !== undefined && { property2: patch.property }),
});

export const CompareTab = ({ usage, state, question }: CompareTabProps): ReactNode => {
  const { search, setSearch } = state;
  const { other } = question;
  const query = useApi(other.call, { asOf: question.asOf, keepsPrevious: false });
  const rules = fieldRules(query.error);
  return (
    <div className={styles['shown']}>
      <div className={styles['row']}>
        <Select
          label="Compare with"
          value={search.against}
          options={[
            { value: 'previous', label: search.when === 'period' ? 'The billing period before' : 'The range before' },
            { value: 'definition', label: 'Another meter or aggregation' },
          ]}
          onChange={(against) => setSearch({ against })}
        />
        {search.against === 'definition' && (
          <WhatFields
            what={other.what}
            meters={question.meters.data?.items ?? []}
            rules={rules}
            onChange={(patch) => setSearch(named(patch))}
            isShort
          />
        )}
      </div>
      {!isAsked(other.what) && <p className={styles['note']}>Choose what to compare with.</p>}
      {isAsked(other.what) && other.call === undefined && (
        <p className={styles['note']}>There is no billing period before this one.</p>
      )}
      {other.call !== undefined &&
        (query.error && Object.keys(rules).length > 0 ? (
          <Refused rules={rules} />
        ) : (
          <Loaded query={query} lines={5}>
            {(second) => <Comparison first={usage} second={second} state={state} question={question} />}
          </Loaded>
        ))}
    </div>
  );
};

const Comparison = ({
  first,
  second,
  state: { search, hrefOf },
  question: { other, meter, range },
}: {
  readonly first: Usage;
  readonly second: Usage;
  readonly state: QueryState;
  readonly question: QuestionState;
}): ReactNode => {
  const { timezone } = useSettings();
  const [a, b] = [plainDigits(first.value), plainDigits(second.value)];
  const percent = percentMore(a, b);
  const [parts, others] = [ledgerOf(first), ledgerOf(second)];
  const secondHref = hrefOf({
    show: '',
    by: other.what.by,
    meter: other.what.meter,
    event: other.what.event,
    aggregation: other.what.aggregation,
    property: other.what.property,
    ...(search.against === 'previous' &&
      other.range &&
      (search.when === 'period' ? { period: other.range.start } : { range: rangeText(other.range) })),
  });
  return (
    <table className={styles['comparison']}>
      <thead>
        <tr>
          <td />
          <th scope="col">
            {whatText(search, meter)}
            <span className={styles['note']}>{range && whenText(range, timezone)}</span>
          </th>
          <th scope="col">
            <PageLink href={secondHref}>{whatText(other.what, other.meter)}</PageLink>
            <span className={styles['note']}>{other.range && whenText(other.range, timezone)}</span>
          </th>
          <th scope="col">Difference</th>
        </tr>
      </thead>
      <tbody>
        <tr className={styles['main']}>
          <th scope="row">Value</th>
          <td>{groupedDigits(a)}</td>
          <td>{groupedDigits(b)}</td>
          <td>
            {groupedDigits(differenceOf(a, b))}
            {percent !== undefined && <span className={styles['note']}>{percent}</span>}
          </td>
        </tr>
        {parts.map(({ outcome, count }, index) => {
          const than = others[index]?.count ?? 0;
          return (
            <tr key={outcome}>
              <th scope="row">Events {outcomeWords[outcome]}</th>
              <td>{groupedDigits(count)}</td>
              <td>{groupedDigits(than)}</td>
              <td>{groupedDigits(count - than)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
