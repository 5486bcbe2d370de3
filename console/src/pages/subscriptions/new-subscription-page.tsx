// Subscribes a customer to a plan.
import { type ReactNode, useState } from 'react';
import { createSubscriptionSchema } from '../../../../shared/api/subscriptions/subscriptions.ts';
import { useApi } from '../../api/use-api.ts';
import { textAt } from '../../forms/field-spec.ts';
import { PageFrame } from '../../ui/page-frame.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { useSettings } from '../../url/settings.ts';
import { inputText } from '../../url/time-text.ts';
import { useSearchState } from '../../url/use-search.ts';
import { NewPage } from '../resource/new-page.tsx';
import { NewSubscriptionSearchSchema } from './new-subscription-search.ts';
import { newSubscriptionSections } from './subscription-form.ts';
import { TakenPrices } from './taken-prices.tsx';

const isTime = (text: string): boolean => text !== '' && !Number.isNaN(Date.parse(text));

const title = 'New subscription';

export const Page = (): ReactNode => {
  const { search } = useSearchState(NewSubscriptionSearchSchema);
  const { timezone } = useSettings();
  const plan = useApi(search.plan === '' ? undefined : { route: 'getPlan', path: { id: search.plan } });
  // The form begins with the currency and the period of the prices of the plan, if they can be read; what is read later leaves it.
  const [isReady, setIsReady] = useState(search.plan === '');
  if (!isReady && !plan.isPending) setIsReady(true);
  if (!isReady) {
    return (
      <PageFrame title={title}>
        <Skeleton />
      </PageFrame>
    );
  }
  const first = plan.data?.prices?.find(({ end_date: end }) => end === undefined);
  return (
    <NewPage
      title={title}
      sections={newSubscriptionSections}
      initial={{
        external_customer_id: search.customer,
        plan_id: search.plan,
        currency: search.currency === '' ? (first?.currency ?? 'usd') : search.currency,
        billing_period: first === undefined || first.billing_period === 'ONETIME' ? 'MONTHLY' : first.billing_period,
        start_date: isTime(search.start) ? inputText(search.start, timezone) : '',
        billing_cycle: 'anniversary',
        subscription_status: 'active',
      }}
      schema={createSubscriptionSchema}
      route="createSubscription"
      submitLabel="Subscribe"
      back={search.back}
      listHref="/subscriptions"
      doneText="Created the subscription."
      hrefOf={({ id }) => `/subscriptions/${encodeURIComponent(id)}`}
      preview={(values) => (
        <TakenPrices
          plan={textAt(values, 'plan_id')}
          currency={textAt(values, 'currency')}
          period={textAt(values, 'billing_period')}
        />
      )}
    />
  );
};
