// The form that changes a meter.
import type { ReactNode } from 'react';
import type { MeterBody } from '../../../../shared/api/bodies/catalog.ts';
import { updateMeterSchema } from '../../../../shared/api/catalog/meters.ts';
import { ChangeForm } from '../resource/change-form.tsx';
import { changedMeterSections } from './meter-form.ts';
import { MeterPreview } from './meter-preview.tsx';

interface MeterEditProps {
  readonly meter: MeterBody;
  readonly onClose: () => void;
}

export const MeterEdit = ({ meter, onClose }: MeterEditProps): ReactNode => (
  <ChangeForm
    label={`Edit ${meter.name}`}
    sections={changedMeterSections}
    entity={meter}
    initial={{
      filters: [],
      measure: meter.aggregation.expression === undefined ? 'field' : 'expression',
      event_name: meter.event_name,
    }}
    schema={updateMeterSchema}
    route="updateMeter"
    path={{ id: meter.id }}
    onClose={onClose}
    preview={(values) => <MeterPreview values={values} eventName={meter.event_name} />}
  />
);
