// The form that changes an entity, in the place of its facts.
import type { ReactNode } from 'react';
import type * as v from 'valibot';
import type { RouteId } from '../../../../shared/api/http/routes.ts';
import { EntityForm } from '../../forms/entity-form.tsx';
import { fieldsOf, type FormSection, type Values } from '../../forms/field-spec.ts';
import { type Body, valuesOf } from '../../forms/form-body.ts';
import { useSettings } from '../../url/settings.ts';
import { toast } from '../../ui/announce.tsx';

interface ChangeFormProps<Id extends RouteId> {
  readonly label: string;
  readonly sections: readonly FormSection[];
  /** The answer of the API. */
  readonly entity: unknown;
  /** Values that are not in the answer, or begin otherwise. */
  readonly initial?: Values;
  readonly schema: v.GenericSchema;
  readonly route: Id;
  readonly path: Readonly<Record<string, string>>;
  readonly complete?: (body: Body, values: Values) => Body;
  readonly submitLabel?: string;
  readonly preview?: (values: Values, body: Body) => ReactNode;
  readonly onClose: () => void;
}

export const ChangeForm = <Id extends RouteId>({
  entity,
  initial = {},
  sections,
  submitLabel = 'Save',
  onClose,
  ...form
}: ChangeFormProps<Id>): ReactNode => {
  const { timezone } = useSettings();
  return (
    <EntityForm
      {...form}
      isChange
      sections={sections}
      initial={{ ...valuesOf(fieldsOf(sections), entity, timezone), ...initial }}
      submitLabel={submitLabel}
      onDone={() => {
        toast('Saved.');
        onClose();
      }}
      onCancel={onClose}
    />
  );
};
