// One step: what it created or found, or its form.
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { EntityLink } from '../../ui/entity-link.tsx';
import { Hidden } from '../../ui/hidden.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Num } from '../../ui/number.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { BilledStep } from './billed-step.tsx';
import { CustomerForm, FreeForm, MeterForm, PlanForm, PriceForm, SubscriptionForm } from './forms.tsx';
import { Existing } from './existing.tsx';
import type { Catalog, Progress } from './progress.ts';
import { SendStep } from './send-step.tsx';
import { type StartChoice, type StepName, stepNames } from './start-search.ts';
import styles from './start.module.css';

const titles: Readonly<Record<StepName, readonly [title: string, why: string]>> = {
  customer: ['Customer', 'Who is billed. Events name it by your own id.'],
  meter: ['Meter', 'What is counted: the events of a name, or the sum of one of their properties.'],
  plan: ['Plan', 'What customers subscribe to: prices and allowances.'],
  price: ['Price', 'What a unit of the meter costs with the plan.'],
  free: ['Free units', 'What the plan includes before anything is charged.'],
  subscription: ['Subscription', 'Puts the customer on the plan.'],
  send: ['Send an event', 'An event is accepted at once and stored a moment later.'],
  billed: ['Watch it billed', 'What became of the event, and what it costs.'],
};

export interface StepRowProps {
  readonly name: StepName;
  readonly state: 'done' | 'open' | 'later';
  readonly progress: Progress;
  readonly catalog: Catalog;
  readonly eventId: string;
  readonly onChange: (patch: Partial<StartChoice>) => void;
}

export const StepRow = (props: StepRowProps): ReactNode => {
  const { name, state, onChange } = props;
  const [title, why] = titles[name];
  const number = stepNames.indexOf(name) + 1;
  return (
    <li className={styles['step']} data-state={state} {...(state === 'open' && { 'aria-current': 'step' as const })}>
      <span className={styles['mark']} aria-hidden="true">
        {state === 'done' ? <Icon name="check" size={14} /> : number}
      </span>
      <div className={styles['content']}>
        <div className={styles['head']}>
          <h2>
            {title}
            <Hidden>{state === 'done' ? ': done' : state === 'later' ? ': later' : ''}</Hidden>
          </h2>
          {state === 'done' && (
            <>
              <div className={styles['done']}>
                <DoneText {...props} />
              </div>
              {name !== 'send' && (
                <Button look="quiet" onClick={() => onChange({ step: name })}>
                  Use another<Hidden> {title.toLowerCase()}</Hidden>
                </Button>
              )}
            </>
          )}
        </div>
        {state === 'open' && (
          <>
            <p className={styles['note']}>{why}</p>
            <Existing {...props} />
            <OpenStep {...props} />
          </>
        )}
      </div>
    </li>
  );
};

const DoneText = ({ name, progress, eventId }: StepRowProps): ReactNode => {
  const { customer, meter, plan, price, entitlement, subscription } = progress;
  switch (name) {
    case 'customer':
      return (
        customer && <EntityLink kind="customer" id={customer.id} name={`${customer.name} (${customer.external_id})`} />
      );
    case 'meter':
      return meter && <EntityLink kind="meter" id={meter.id} name={`${meter.name} (${meter.event_name})`} />;
    case 'plan':
      return plan && <EntityLink kind="plan" id={plan.id} name={plan.name} />;
    case 'price':
      return (
        price && (
          <EntityLink
            kind="price"
            id={price.id}
            name={price.billing_model === 'TIERED' ? 'in tiers' : price.display_amount}
          />
        )
      );
    case 'free':
      if (!entitlement) return 'Nothing is free';
      return entitlement.usage_limit === null ? (
        'All usage is free'
      ) : (
        <Num value={entitlement.usage_limit} unit="free" />
      );
    case 'subscription':
      return subscription && <EntityLink kind="subscription" id={subscription.id} name={subscription.id} />;
    case 'send':
    case 'billed':
      return (
        <PageLink href={`/events/${encodeURIComponent(eventId)}`}>
          <VisibleText text={eventId} />
        </PageLink>
      );
  }
};

const OpenStep = ({ name, progress, catalog, eventId, onChange }: StepRowProps): ReactNode => {
  const { customer, meter, plan, price, subscription } = progress;
  const done = { step: '', event: '' } as const;
  switch (name) {
    case 'customer':
      return <CustomerForm onDone={({ external_id: id }) => onChange({ ...done, customer: id, subscription: '' })} />;
    case 'meter':
      return <MeterForm onDone={({ id }) => onChange({ ...done, meter: id, subscription: '' })} />;
    case 'plan':
      return <PlanForm onDone={({ id }) => onChange({ ...done, plan: id, subscription: '', free: '' })} />;
    case 'price':
      return (
        plan &&
        meter && (
          <PriceForm plan={plan} meter={meter} onDone={() => onChange({ ...done, plan: plan.id, meter: meter.id })} />
        )
      );
    case 'free':
      return (
        plan &&
        meter && (
          <FreeForm
            plan={plan}
            meter={meter}
            featureId={[...catalog.meterOfFeature].find(([, of]) => of === meter.id)?.[0]}
            onDone={() => onChange({ ...done, free: '' })}
            onSkip={() => onChange({ ...done, free: 'none' })}
          />
        )
      );
    case 'subscription':
      return (
        customer &&
        plan && (
          <SubscriptionForm
            customer={customer}
            plan={plan}
            currency={price?.currency ?? 'usd'}
            onDone={({ id }) => onChange({ ...done, subscription: id })}
          />
        )
      );
    case 'send':
      return (
        customer &&
        meter && <SendStep customer={customer} meter={meter} onSent={(id) => onChange({ step: '', event: id })} />
      );
    case 'billed':
      return (
        meter &&
        subscription && (
          <BilledStep
            eventId={eventId}
            meterId={meter.id}
            subscriptionId={subscription.id}
            onAgain={() => onChange({ step: 'send' })}
          />
        )
      );
  }
};
