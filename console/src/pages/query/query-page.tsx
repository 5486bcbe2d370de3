// The query tool: one exact number, what it stands on, its windows, its events, and how it compares.
import type { ReactNode } from 'react';
import { fieldRules } from '../../api/failure.ts';
import { useApi } from '../../api/use-api.ts';
import { copyText } from '../../ui/announce.tsx';
import { IconButton } from '../../ui/button.tsx';
import { CallButton } from '../../ui/call-button.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded, NothingYet, Skeleton } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { stringifySearch } from '../../url/search-text.ts';
import { rangeText, type ResolvedRange } from '../../url/range.ts';
import { useSettings } from '../../url/settings.ts';
import { useSearchState } from '../../url/use-search.ts';
import { ChartTab } from './chart-tab.tsx';
import { CompareTab } from './compare-tab.tsx';
import { ExplainTab } from './explain-tab.tsx';
import type { Usage } from './ledger.ts';
import { NumberCard } from './number-card.tsx';
import { QueryForm } from './query-form.tsx';
import { QuerySearchSchema } from './query-search.ts';
import type { QueryState } from './query-state.ts';
import styles from './query.module.css';
import { explainCall, isAsked } from './question.ts';
import { resetText, titleOf, whatText, whenText } from './question-text.ts';
import { Refused } from './refused.tsx';
import { type QuestionState, useQuestion } from './use-question.ts';

export const Page = (): ReactNode => {
  const state = useSearchState(QuerySearchSchema);
  const { search } = state;
  const question = useQuestion(search);
  const { call, context, meter } = question;
  const query = useApi(call, { asOf: question.asOf, keepsPrevious: false });
  const rules = fieldRules(query.error);
  const shownCall =
    search.show === 'explain' && context && isAsked(search) ? explainCall(search, search, context) : call;
  return (
    <PageFrame
      title={titleOf(search, meter, search.customer)}
      heading="Query"
      actions={
        <>
          <IconButton icon="refresh" label="Read again" onClick={question.refresh} />
          {question.range && isAsked(search) && (
            <IconButton
              icon="link"
              label="Copy a link to this view, with its time pinned"
              onClick={() => void copyText(pinned(question.range, search.when === 'period'), 'the link')}
            />
          )}
          {shownCall && <CallButton call={shownCall} />}
        </>
      }
    >
      <QueryForm state={state} question={question} rules={rules} />
      {!isAsked(search) ? (
        <NotAsked question={question} state={state} />
      ) : call === undefined ? (
        <NoRange state={state} question={question} />
      ) : query.error && Object.keys(rules).length > 0 ? (
        <Refused rules={rules} />
      ) : (
        <section className={styles['result']} aria-label="Answer">
          <Loaded query={query} lines={8}>
            {(usage) => <Answer usage={usage} state={state} question={question} />}
          </Loaded>
        </section>
      )}
    </PageFrame>
  );
};

/** Returns the address of the view in which a range, or the billing period of now, no longer moves on. */
const pinned = (range: ResolvedRange | undefined, isPeriod: boolean): string => {
  const address = new URL(window.location.href);
  if (range) address.searchParams.set(isPeriod ? 'period' : 'range', isPeriod ? range.start : rangeText(range));
  return address.href;
};

interface PartProps {
  readonly state: QueryState;
  readonly question: QuestionState;
}

const NotAsked = ({ question: { meters }, state }: PartProps): ReactNode => (
  <Loaded query={meters} lines={3}>
    {({ items }) => (
      <NothingYet title="Choose a meter, or ask by event name">
        {items.length === 0 ? (
          <>
            There are no meters yet. A question by event name needs none:{' '}
            <PageLink href={state.hrefOf({ by: 'event' })}>ask by event name</PageLink>.
          </>
        ) : (
          <ul className={styles['ways']}>
            {items.slice(0, 6).map(({ id, name }) => (
              <li key={id}>
                <PageLink href={state.hrefOf({ by: 'meter', meter: id })}>
                  <VisibleText text={name} />
                </PageLink>
              </li>
            ))}
          </ul>
        )}
      </NothingYet>
    )}
  </Loaded>
);

const NoRange = ({ state: { search }, question: { subscriptions } }: PartProps): ReactNode =>
  search.when === 'period' && (search.customer === '' || !subscriptions.isPending) ? (
    <NothingYet title="Which billing period?">
      {search.customer === ''
        ? 'Choose a customer, then one of its subscriptions.'
        : subscriptions.data?.items.length
          ? 'Choose one of the subscriptions of this customer.'
          : 'This customer has no subscription.'}
    </NothingYet>
  ) : (
    <Skeleton lines={8} />
  );

const views = [
  { show: '', name: 'Windows' },
  { show: 'explain', name: 'Explain' },
  { show: 'compare', name: 'Compare' },
] as const;

const Answer = ({ usage, state, question }: PartProps & { readonly usage: Usage }): ReactNode => {
  const { search, hrefOf } = state;
  const { meter, range, context, asOf } = question;
  const { timezone } = useSettings();
  const reset = resetText(meter);
  const isByBucket = search.by === 'event' ? search.bucket !== '' : meter?.aggregation.bucket_size !== undefined;
  const eventsHref = `/events${stringifySearch({
    name: usage.event_name,
    customer: search.customer,
    property: search.filter,
    range: range ? rangeText(range) : '',
  })}`;
  return (
    <>
      <div className={styles['head']}>
        <h2>
          <VisibleText text={whatText(search, meter)} />
          {search.customer === '' ? ' for all customers' : ' for '}
          <VisibleText text={search.customer} />
        </h2>
        <p className={styles['note']}>
          {range && whenText(range, timezone)} · <PageLink href={eventsHref}>all events of this name</PageLink>
        </p>
      </div>
      <NumberCard usage={usage} hrefOf={hrefOf} />
      {reset !== undefined && <p className={styles['hint']}>{reset}</p>}
      <nav className={styles['views']} aria-label="Views of the answer">
        {views.map(({ show, name }) => (
          <PageLink
            key={name}
            href={hrefOf({ show })}
            resetScroll={false}
            className={styles['view']}
            {...(search.show === show && { 'aria-current': 'true' as const })}
          >
            {name}
          </PageLink>
        ))}
      </nav>
      {search.show === '' && <ChartTab usage={usage} state={state} question={question} />}
      {search.show === 'explain' && context && (
        <ExplainTab usage={usage} state={state} context={context} asOf={asOf} isByBucket={isByBucket} />
      )}
      {search.show === 'compare' && <CompareTab usage={usage} state={state} question={question} />}
    </>
  );
};
