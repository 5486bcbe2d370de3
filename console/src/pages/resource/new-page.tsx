// The page that creates an entity. Afterwards it returns to where the reader came from, or opens what was made.
import type { ReactNode } from 'react';
import type * as v from 'valibot';
import type { RouteId } from '../../../../shared/api/http/routes.ts';
import type { AnswerOf } from '../../api/answers.ts';
import { safeBack } from '../../forms/back-address.ts';
import { EntityForm } from '../../forms/entity-form.tsx';
import type { FormSection, Values } from '../../forms/field-spec.ts';
import type { Body } from '../../forms/form-body.ts';
import { toast } from '../../ui/announce.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { PageLink, useOpenPage } from '../../ui/page-link.tsx';

interface NewPageProps<Id extends RouteId> {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly sections: readonly FormSection[];
  readonly initial: Values;
  readonly schema: v.GenericSchema;
  readonly route: Id;
  readonly complete?: (body: Body, values: Values) => Body;
  readonly submitLabel: string;
  /** Where it returns to, from the URL; "" if nowhere. */
  readonly back: string;
  readonly listHref: string;
  readonly doneText: string;
  readonly hrefOf: (answer: AnswerOf<Id>) => string;
  readonly preview?: (values: Values, body: Body) => ReactNode;
}

export const NewPage = <Id extends RouteId>({
  title,
  lead,
  back,
  listHref,
  doneText,
  hrefOf,
  ...form
}: NewPageProps<Id>): ReactNode => {
  const open = useOpenPage();
  const returnTo = safeBack(back);
  return (
    <PageFrame
      title={title}
      lead={
        returnTo === '' ? (
          lead
        ) : (
          <>
            {lead} Afterwards you return to <PageLink href={returnTo}>where you came from</PageLink>.
          </>
        )
      }
    >
      <EntityForm
        {...form}
        label={title}
        onDone={(answer) => {
          toast(doneText);
          open(returnTo === '' ? hrefOf(answer) : returnTo);
        }}
        onCancel={() => {
          open(returnTo === '' ? listHref : returnTo);
        }}
      />
    </PageFrame>
  );
};
