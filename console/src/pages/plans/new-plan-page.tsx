// Creates a plan; its prices and entitlements follow.
import type { ReactNode } from 'react';
import { createPlanSchema } from '../../../../shared/api/catalog/plans.ts';
import { useSearchState } from '../../url/use-search.ts';
import { NewPage } from '../resource/new-page.tsx';
import { newPlanSections } from './plan-form.ts';
import { NewPlanSearchSchema } from './new-plan-search.ts';

export const Page = (): ReactNode => {
  const { search } = useSearchState(NewPlanSearchSchema);
  return (
    <NewPage
      title="New plan"
      lead="Its prices and entitlements come next."
      sections={newPlanSections}
      initial={{ name: search.name }}
      schema={createPlanSchema}
      route="createPlan"
      submitLabel="Create plan"
      back={search.back}
      listHref="/catalog/plans"
      doneText="Created the plan."
      hrefOf={({ id }) => `/catalog/plans/${encodeURIComponent(id)}`}
    />
  );
};
