// One subscription: its period, line items with their versions, entitlements, commitment and history; and what can be done with it.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { PageFrame, Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { useSearchState } from '../../url/use-search.ts';
import { ActionButton } from '../resource/action-button.tsx';
import { EntitlementTable } from '../resource/entitlement-table.tsx';
import { EntityFacts } from '../resource/entity-facts.tsx';
import { NextStep } from '../resource/next-step.tsx';
import { usePathId } from '../../url/use-path-id.ts';
import resource from '../resource/resource.module.css';
import { LineItems } from './line-items.tsx';
import { SubscriptionForms } from './subscription-forms.tsx';
import { subscriptionFacts } from './subscription-facts.tsx';
import { SubscriptionGrants } from './subscription-grants.tsx';
import { SubscriptionHistory } from './subscription-history.tsx';
import { SubscriptionSearchSchema } from './subscription-search.ts';

export const Page = (): ReactNode => {
  const id = usePathId();
  const { search, setSearch } = useSearchState(SubscriptionSearchSchema);
  const call = { route: 'getSubscription', path: { id } } as const;
  const query = useApi(call, { keepsPrevious: false });
  const one = query.data;
  const name = one
    ? `${one.customer?.name ?? one.external_customer_id} · ${one.plan?.name ?? one.plan_id}`
    : 'Subscription';
  const isDraft = one?.subscription_status === 'draft';
  const isCancelled = one?.subscription_status === 'cancelled';
  return (
    <PageFrame
      key={one === undefined ? 'reading' : 'read'}
      title={name}
      heading={<VisibleText text={name} />}
      lead={
        one && (
          <>
            Subscription of{' '}
            <PageLink href={`/customers/${encodeURIComponent(one.customer_id)}`}>
              <VisibleText text={one.external_customer_id} />
            </PageLink>{' '}
            to{' '}
            <PageLink href={`/catalog/plans/${encodeURIComponent(one.plan_id)}`}>
              <VisibleText text={one.plan?.name ?? one.plan_id} />
            </PageLink>
          </>
        )
      }
      actions={
        <>
          {one && search.edit === '' && (
            <>
              {!isCancelled && (
                <ActionButton
                  route="cancelSubscription"
                  look="danger"
                  onClick={() => {
                    setSearch({ edit: 'cancel' });
                  }}
                >
                  Cancel it
                </ActionButton>
              )}
              {!isCancelled && (
                <ActionButton
                  route="addLineItem"
                  onClick={() => {
                    setSearch({ edit: 'add' });
                  }}
                >
                  Add a line item
                </ActionButton>
              )}
              {isDraft && (
                <ActionButton
                  route="activateSubscription"
                  look="primary"
                  onClick={() => {
                    setSearch({ edit: 'activate' });
                  }}
                >
                  Activate
                </ActionButton>
              )}
              {!isDraft && <PageLink href={`/charges/${encodeURIComponent(id)}`}>Charges</PageLink>}
            </>
          )}
          <CallButton call={call} />
        </>
      }
    >
      <Loaded query={query}>
        {(subscription) =>
          search.edit === '' ? (
            <div className={resource['columns']}>
              <div className={resource['main']}>
                {isDraft && (
                  <NextStep
                    action={
                      <ActionButton
                        route="activateSubscription"
                        onClick={() => {
                          setSearch({ edit: 'activate' });
                        }}
                      >
                        Activate
                      </ActionButton>
                    }
                  >
                    This is a draft: it bills nothing until it is activated.
                  </NextStep>
                )}
                <LineItems
                  subscription={subscription}
                  onOpen={(edit) => {
                    setSearch({ edit });
                  }}
                />
                <SubscriptionGrants id={id} />
                <EntitlementTable subscription={id} />
                <SubscriptionHistory entries={subscription.history ?? []} />
              </div>
              <div className={resource['side']}>
                <Section title="Facts">
                  <EntityFacts
                    entity={subscription}
                    status={subscription.subscription_status}
                    rows={subscriptionFacts(subscription)}
                  />
                </Section>
              </div>
            </div>
          ) : (
            <SubscriptionForms
              subscription={subscription}
              edit={search.edit}
              price={search.price}
              start={search.start}
              onClose={() => {
                setSearch({ edit: '', price: '', start: '' }, { replace: true });
              }}
            />
          )
        }
      </Loaded>
    </PageFrame>
  );
};
