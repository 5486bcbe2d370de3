// Sends an event that the meter counts.
import { type ReactNode, useState } from 'react';
import type { JsonObject } from '../../../../shared/domain/json-text.ts';
import { exactJson } from '../parts/exact-json.ts';
import { TextField } from '../../ui/fields.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { countedProperties, type Customer, type Meter } from './progress.ts';
import { StepForm } from './step-form.tsx';
import styles from './start.module.css';

interface SendStepProps {
  readonly customer: Customer;
  readonly meter: Meter;
  readonly onSent: (id: string) => void;
}

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

export const SendStep = ({ customer, meter, onSent }: SendStepProps): ReactNode => {
  const [value, setValue] = useState('1250');
  const { field = '' } = meter.aggregation;
  const properties = countedProperties(meter, value);
  // A number goes as a number, with the digits that were typed; anything else as the text that it is.
  const sent: JsonObject = Object.fromEntries(
    Object.entries(properties).map(([key, text]) => [key, key === field && number.test(text) ? exactJson(text) : text]),
  );
  const call = {
    route: 'ingestEvent',
    body: {
      event_name: meter.event_name,
      external_customer_id: customer.external_id,
      ...(Object.keys(sent).length > 0 && { properties: sent }),
    },
  } as const;
  return (
    <StepForm
      call={call}
      submit="Send the event"
      fields={[]}
      onDone={({ event_id: id }) => onSent(id)}
      more={
        <PageLink
          href={`/send?event_name=${encodeURIComponent(meter.event_name)}&customer=${encodeURIComponent(customer.external_id)}`}
        >
          More fields
        </PageLink>
      }
    >
      {() =>
        field === '' ? (
          <p className={styles['note']}>The meter counts events, so one event is one unit.</p>
        ) : (
          <TextField
            label={`Value of ${field}`}
            value={value}
            onChange={setValue}
            inputMode="decimal"
            note={`Sent as ${meter.event_name} of ${customer.external_id}.`}
          />
        )
      }
    </StepForm>
  );
};
