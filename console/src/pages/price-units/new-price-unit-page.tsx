// Creates a custom price unit.
import type { ReactNode } from 'react';
import { createPriceUnitSchema } from '../../../../shared/api/prices/price-units.ts';
import { useSearchState } from '../../url/use-search.ts';
import { NewPage } from '../resource/new-page.tsx';
import { NewPriceUnitSearchSchema } from './new-price-unit-search.ts';
import { newPriceUnitSections } from './price-unit-form.ts';

export const Page = (): ReactNode => {
  const { search } = useSearchState(NewPriceUnitSearchSchema);
  return (
    <NewPage
      title="New price unit"
      lead="Prices can be stated in it; charges are in the currency."
      sections={newPriceUnitSections}
      initial={{ name: search.name, base_currency: 'usd' }}
      schema={createPriceUnitSchema}
      route="createPriceUnit"
      submitLabel="Create price unit"
      back={search.back}
      listHref="/catalog/price-units"
      doneText="Created the price unit."
      hrefOf={({ id }) => `/catalog/price-units/${encodeURIComponent(id)}`}
    />
  );
};
