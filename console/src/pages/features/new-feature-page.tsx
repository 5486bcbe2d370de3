// Creates a feature.
import type { ReactNode } from 'react';
import { createFeatureSchema } from '../../../../shared/api/catalog/features.ts';
import { useSearchState } from '../../url/use-search.ts';
import { NewPage } from '../resource/new-page.tsx';
import { newFeatureSections } from './feature-form.ts';
import { NewFeatureSearchSchema } from './new-feature-search.ts';

export const Page = (): ReactNode => {
  const { search } = useSearchState(NewFeatureSearchSchema);
  return (
    <NewPage
      title="New feature"
      sections={newFeatureSections}
      initial={{ name: search.name, type: 'metered', meter_id: search.meter_id }}
      schema={createFeatureSchema}
      route="createFeature"
      submitLabel="Create feature"
      back={search.back}
      listHref="/catalog/features"
      doneText="Created the feature."
      hrefOf={({ id }) => `/catalog/features/${encodeURIComponent(id)}`}
    />
  );
};
