// One customer: who it is, what it is subscribed to, what it may use and has used, and what of its events is not billed.
import { type ReactNode, useState } from 'react';
import { updateCustomerSchema } from '../../../../shared/api/customers/customers.ts';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import type { KeyValueRow } from '../../ui/key-value.tsx';
import { PageFrame, Section } from '../../ui/page-frame.tsx';
import { PageLink, useOpenPage } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { ActionButton } from '../resource/action-button.tsx';
import { ChangeForm } from '../resource/change-form.tsx';
import { ConfirmDialog } from '../resource/confirm-dialog.tsx';
import { EntityFacts } from '../resource/entity-facts.tsx';
import { DetailSearchSchema } from '../resource/list-search.ts';
import { usePathId } from '../../url/use-path-id.ts';
import resource from '../resource/resource.module.css';
import { SubscriptionTable } from '../resource/subscription-table.tsx';
import { changedCustomerSections } from './customer-form.ts';
import { CustomerFailures } from './customer-failures.tsx';
import { CustomerUsage } from './customer-usage.tsx';
import { RecentEvents } from '../resource/recent-events.tsx';

export const Page = (): ReactNode => {
  const id = usePathId();
  const { search, setSearch } = useSearchState(DetailSearchSchema);
  const [isDeleting, setIsDeleting] = useState(false);
  const open = useOpenPage();
  const call = { route: 'getCustomer', path: { id } } as const;
  const query = useApi(call, { keepsPrevious: false });
  const customer = query.data;
  const name = customer?.name ?? 'Customer';
  const isDeleted = customer?.status === 'deleted';
  const close = (): void => {
    setSearch({ edit: '' }, { replace: true });
  };
  return (
    <PageFrame
      key={customer === undefined ? 'reading' : 'read'}
      title={name}
      heading={<VisibleText text={name} />}
      lead={
        customer && (
          <>
            Customer{' '}
            <code>
              <VisibleText text={customer.external_id} />
            </code>
          </>
        )
      }
      actions={
        <>
          {customer && !isDeleted && search.edit === '' && (
            <>
              <ActionButton
                route="deleteCustomer"
                look="danger"
                onClick={() => {
                  setIsDeleting(true);
                }}
              >
                Delete
              </ActionButton>
              <ActionButton
                route="updateCustomer"
                onClick={() => {
                  setSearch({ edit: '1' });
                }}
              >
                Edit
              </ActionButton>
              <ActionButton
                route="createSubscription"
                look="primary"
                href={`/subscriptions/new?${new URLSearchParams({ customer: customer.external_id }).toString()}`}
              >
                Subscribe to a plan
              </ActionButton>
            </>
          )}
          <CallButton call={call} />
        </>
      }
    >
      <Loaded query={query}>
        {(one) =>
          search.edit === '1' ? (
            <ChangeForm
              label={`Edit ${one.name}`}
              sections={changedCustomerSections}
              entity={one}
              schema={updateCustomerSchema}
              route="updateCustomer"
              path={{ id }}
              onClose={close}
            />
          ) : (
            <div className={resource['columns']}>
              <div className={resource['main']}>
                <SubscriptionTable customer={one.external_id} />
                <CustomerUsage id={id} />
                <CustomerFailures externalId={one.external_id} />
                <RecentEvents
                  of={{ external_customer_id: one.external_id }}
                  href={`/events?${new URLSearchParams({ range: '30d', customer: one.external_id }).toString()}`}
                />
              </div>
              <div className={resource['side']}>
                <Section title="Facts">
                  <EntityFacts entity={one} rows={factsOf(one)} />
                </Section>
              </div>
            </div>
          )
        }
      </Loaded>
      {isDeleting && customer && (
        <ConfirmDialog
          title={`Delete the customer ${customer.name}?`}
          call={{ route: 'deleteCustomer', path: { id } }}
          confirmLabel="Delete customer"
          doneText="Deleted the customer."
          onDone={() => {
            open('/customers');
          }}
          onClose={() => {
            setIsDeleting(false);
          }}
        >
          <p>
            Later events that name <code>{customer.external_id}</code> will have no customer. It is refused while the
            customer has a live subscription:{' '}
            <PageLink href={`/subscriptions?${new URLSearchParams({ customer: customer.external_id }).toString()}`}>
              see its subscriptions
            </PageLink>
            .
          </p>
        </ConfirmDialog>
      )}
    </PageFrame>
  );
};

type Fact = Readonly<
  Record<
    | 'external_id'
    | 'email'
    | 'contact'
    | 'timezone'
    | 'address_line1'
    | 'address_line2'
    | 'address_postal_code'
    | 'address_city'
    | 'address_state'
    | 'address_country',
    string
  >
>;

const factsOf = (one: Fact): readonly KeyValueRow[] => {
  const place = [
    one.address_line1,
    one.address_line2,
    [one.address_postal_code, one.address_city].filter(Boolean).join(' '),
    one.address_state,
    one.address_country,
  ];
  return [
    [
      'External id',
      <code key="id">
        <VisibleText text={one.external_id} />
      </code>,
    ],
    ['Email', one.email],
    ['Phone', one.contact],
    ['Address', place.filter(Boolean).join(', ')],
    ['Time zone', one.timezone],
  ];
};
