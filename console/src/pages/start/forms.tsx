// The forms of the steps that create something in the catalog.
import { type ReactNode, useState } from 'react';
import type { Call } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import type { Customer, Meter, Plan, Subscription } from './progress.ts';
import { StepForm } from './step-form.tsx';
import styles from './start.module.css';

interface FormProps<T> {
  readonly onDone: (created: T) => void;
}

export const CustomerForm = ({ onDone }: FormProps<Customer>): ReactNode => {
  const [externalId, setExternalId] = useState('acme');
  const [name, setName] = useState('Acme Inc.');
  const call = { route: 'createCustomer', body: { external_id: externalId, name } } as const;
  return (
    <StepForm call={call} submit="Create the customer" fields={['external_id', 'name']} onDone={onDone}>
      {(rules) => (
        <>
          <TextField
            label="External id"
            value={externalId}
            onChange={setExternalId}
            problem={rules['external_id']}
            note="Your own id of the customer. Events name it."
            isMono
          />
          <TextField label="Name" value={name} onChange={setName} problem={rules['name']} />
        </>
      )}
    </StepForm>
  );
};

const aggregations = [
  { value: 'SUM', label: 'the sum of a property' },
  { value: 'COUNT', label: 'the number of events' },
] as const;

export const MeterForm = ({ onDone }: FormProps<Meter>): ReactNode => {
  const [name, setName] = useState('Tokens');
  const [eventName, setEventName] = useState('model.usage');
  const [type, setType] = useState<'SUM' | 'COUNT'>('SUM');
  const [field, setField] = useState('tokens');
  const call = {
    route: 'createMeter',
    body: {
      name,
      event_name: eventName,
      aggregation: type === 'SUM' ? { type, field } : { type },
      reset_usage: 'BILLING_PERIOD',
    },
  } as const;
  return (
    <StepForm
      call={call}
      submit="Create the meter"
      fields={['name', 'event_name', 'aggregation.field', 'aggregation.type']}
      onDone={onDone}
    >
      {(rules) => (
        <>
          <TextField label="Name" value={name} onChange={setName} problem={rules['name']} />
          <TextField
            label="Event name"
            value={eventName}
            onChange={setEventName}
            problem={rules['event_name']}
            note="The meter counts events with exactly this name."
            isMono
          />
          <Select
            label="It counts"
            value={type}
            options={aggregations}
            onChange={setType}
            problem={rules['aggregation.type']}
          />
          {type === 'SUM' && (
            <TextField label="Property" value={field} onChange={setField} problem={rules['aggregation.field']} isMono />
          )}
        </>
      )}
    </StepForm>
  );
};

export const PlanForm = ({ onDone }: FormProps<Plan>): ReactNode => {
  const [name, setName] = useState('Pay as you go');
  const call = { route: 'createPlan', body: { name } } as const;
  return (
    <StepForm call={call} submit="Create the plan" fields={['name']} onDone={onDone}>
      {(rules) => <TextField label="Name" value={name} onChange={setName} problem={rules['name']} />}
    </StepForm>
  );
};

/** Returns the first instant of this month, so that events of this month are covered. */
const startOfMonth = (now: Date): string => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth())).toISOString();

interface PriceFormProps {
  readonly plan: Plan;
  readonly meter: Meter;
  readonly onDone: () => void;
}

export const PriceForm = ({ plan, meter, onDone }: PriceFormProps): ReactNode => {
  const [amount, setAmount] = useState('0.002');
  const [currency, setCurrency] = useState('usd');
  const [startDate] = useState(() => startOfMonth(new Date()));
  const call: Call<'createPrice'> = {
    route: 'createPrice',
    body: {
      entity_type: 'PLAN',
      entity_id: plan.id,
      type: 'USAGE',
      meter_id: meter.id,
      currency,
      amount,
      billing_model: 'FLAT_FEE',
      billing_period: 'MONTHLY',
      billing_period_count: 1,
      invoice_cadence: 'ARREAR',
      start_date: startDate,
    },
  };
  return (
    <StepForm call={call} submit="Create the price" fields={['amount', 'currency']} onDone={onDone}>
      {(rules) => (
        <>
          <TextField
            label={`Price of one unit of ${meter.name}`}
            value={amount}
            onChange={setAmount}
            problem={rules['amount']}
            inputMode="decimal"
            note="An exact decimal, with as many digits as you need. It holds from the first of this month."
          />
          <TextField
            label="Currency"
            value={currency}
            onChange={setCurrency}
            problem={rules['currency']}
            note="Three letters."
          />
        </>
      )}
    </StepForm>
  );
};

interface FreeFormProps {
  readonly plan: Plan;
  readonly meter: Meter;
  /** The feature of the meter, if there is one. */
  readonly featureId: string | undefined;
  readonly onDone: () => void;
  readonly onSkip: () => void;
}

export const FreeForm = ({ plan, meter, featureId, onDone, onSkip }: FreeFormProps): ReactNode => {
  const [units, setUnits] = useState('1000');
  const skip = (
    <Button look="quiet" onClick={onSkip}>
      Nothing is free
    </Button>
  );
  if (featureId === undefined)
    return (
      <StepForm
        call={{ route: 'createFeature', body: { name: meter.name, type: 'metered', meter_id: meter.id } }}
        submit="Create the feature"
        fields={[]}
        onDone={() => undefined}
        more={skip}
      >
        {() => (
          <p className={styles['note']}>
            Free units are granted of a feature. First the feature “{meter.name}” of your meter, then how much of it is
            free.
          </p>
        )}
      </StepForm>
    );
  return (
    <StepForm
      call={{
        route: 'createEntitlement',
        body: {
          plan_id: plan.id,
          feature_id: featureId,
          feature_type: 'metered',
          usage_limit: /^\d+$/.test(units) ? Number(units) : units,
          usage_reset_period: 'MONTHLY',
        },
      }}
      submit="Grant the free units"
      fields={['usage_limit']}
      onDone={onDone}
      more={skip}
    >
      {(rules) => (
        <TextField
          label={`Free units of ${meter.name} a month`}
          value={units}
          onChange={setUnits}
          problem={rules['usage_limit']}
          inputMode="numeric"
        />
      )}
    </StepForm>
  );
};

interface SubscriptionFormProps extends FormProps<Pick<Subscription, 'id'>> {
  readonly customer: Customer;
  readonly plan: Plan;
  readonly currency: string;
}

export const SubscriptionForm = ({ customer, plan, currency, onDone }: SubscriptionFormProps): ReactNode => {
  const [startDate, setStartDate] = useState(() => startOfMonth(new Date()));
  const call: Call<'createSubscription'> = {
    route: 'createSubscription',
    body: {
      external_customer_id: customer.external_id,
      plan_id: plan.id,
      currency,
      billing_period: 'MONTHLY',
      start_date: startDate,
    },
  };
  return (
    <StepForm call={call} submit="Subscribe" fields={['start_date']} onDone={onDone}>
      {(rules) => (
        <TextField
          label="Starts at"
          value={startDate}
          onChange={setStartDate}
          problem={rules['start_date']}
          note="Events from then on are billed, also those that were sent before."
          isMono
        />
      )}
    </StepForm>
  );
};
