// Creates a meter.
import type { ReactNode } from 'react';
import { createMeterSchema } from '../../../../shared/api/catalog/meters.ts';
import { textAt } from '../../forms/field-spec.ts';
import { useSearchState } from '../../url/use-search.ts';
import { NewPage } from '../resource/new-page.tsx';
import { newMeterSections } from './meter-form.ts';
import { MeterPreview } from './meter-preview.tsx';
import { NewMeterSearchSchema } from './new-meter-search.ts';

export const Page = (): ReactNode => {
  const { search } = useSearchState(NewMeterSearchSchema);
  return (
    <NewPage
      title="New meter"
      lead="It counts every event that matches, also those that were received before it."
      sections={newMeterSections}
      initial={{
        name: search.name,
        event_name: search.event_name,
        'aggregation.type': search.field === '' ? 'COUNT' : 'SUM',
        'aggregation.field': search.field,
        measure: 'field',
        reset_usage: 'BILLING_PERIOD',
      }}
      schema={createMeterSchema}
      route="createMeter"
      submitLabel="Create meter"
      back={search.back}
      listHref="/catalog/meters"
      doneText="Created the meter."
      hrefOf={({ id }) => `/catalog/meters/${encodeURIComponent(id)}`}
      preview={(values) => <MeterPreview values={values} eventName={textAt(values, 'event_name')} />}
    />
  );
};
