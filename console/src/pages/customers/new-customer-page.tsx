// Creates a customer.
import type { ReactNode } from 'react';
import { createCustomerSchema } from '../../../../shared/api/customers/customers.ts';
import { useSearchState } from '../../url/use-search.ts';
import { NewPage } from '../resource/new-page.tsx';
import { newCustomerSections } from './customer-form.ts';
import { NewCustomerSearchSchema } from './new-customer-search.ts';

export const Page = (): ReactNode => {
  const { search } = useSearchState(NewCustomerSearchSchema);
  return (
    <NewPage
      title="New customer"
      lead="Events that were received earlier belong to the customer, too."
      sections={newCustomerSections}
      initial={{ external_id: search.external_id, name: search.name === '' ? search.external_id.trim() : search.name }}
      schema={createCustomerSchema}
      route="createCustomer"
      submitLabel="Create customer"
      back={search.back}
      listHref="/customers"
      doneText="Created the customer."
      hrefOf={({ id }) => `/customers/${encodeURIComponent(id)}`}
    />
  );
};
