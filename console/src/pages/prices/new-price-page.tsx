// Creates a price.
import { type ReactNode, useState } from 'react';
import { createPriceSchema } from '../../../../shared/api/prices/prices.ts';
import { textAt, type Values } from '../../forms/field-spec.ts';
import { useSearchState } from '../../url/use-search.ts';
import { NewPage } from '../resource/new-page.tsx';
import { CostTable } from './cost-table.tsx';
import { NewPriceSearchSchema } from './new-price-search.ts';
import { completePrice, initialPrice, newPriceSections } from './price-form.ts';

const unitOf = (values: Values): string =>
  textAt(values, 'price_unit_type') === 'CUSTOM' ? textAt(values, 'price_unit_config.price_unit') : '';

export const Page = (): ReactNode => {
  const { search } = useSearchState(NewPriceSearchSchema);
  const [schema] = useState(() => createPriceSchema(Date.now()));
  const isOfSubscription = search.subscription_id !== '';
  return (
    <NewPage
      title="New price"
      sections={newPriceSections}
      initial={{
        ...initialPrice,
        entity_type: isOfSubscription ? 'SUBSCRIPTION' : 'PLAN',
        entity_id: isOfSubscription ? search.subscription_id : search.plan_id,
        meter_id: search.meter_id,
        ...(search.currency !== '' && { currency: search.currency }),
      }}
      schema={schema}
      route="createPrice"
      complete={completePrice}
      submitLabel="Create price"
      back={search.back}
      listHref={search.plan_id === '' ? '/catalog/prices' : `/catalog/plans/${encodeURIComponent(search.plan_id)}`}
      doneText="Created the price."
      hrefOf={({ id }) => `/catalog/prices/${encodeURIComponent(id)}`}
      preview={(values, body) => <CostTable body={body} currency={textAt(values, 'currency')} unit={unitOf(values)} />}
    />
  );
};
