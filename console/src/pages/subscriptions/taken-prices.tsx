// Which prices of a plan a new subscription would take, and which it would leave out, and why.
import type { ReactNode } from 'react';
import type { PriceBody } from '../../../../shared/api/bodies/catalog.ts';
import { useApi } from '../../api/use-api.ts';
import { Icon } from '../../ui/icon.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { periodText, priceName, termsText } from '../resource/price-words.ts';
import resource from '../resource/resource.module.css';

interface TakenPricesProps {
  readonly plan: string;
  readonly currency: string;
  readonly period: string;
}

/** Returns why a subscription would not take a price; undefined if it would. */
const mismatch = (price: PriceBody, currency: string, period: string): string | undefined => {
  if (price.billing_period !== period && price.billing_period !== 'ONETIME')
    return `billed ${periodText(price.billing_period)}`;
  return price.currency === currency.toLowerCase() ? undefined : `in ${price.currency.toUpperCase()}`;
};

export const TakenPrices = ({ plan, currency, period }: TakenPricesProps): ReactNode => {
  const query = useApi(plan === '' ? undefined : { route: 'getPlan', path: { id: plan } }, { keepsPrevious: false });
  return (
    <section aria-label="Prices it takes">
      <h2>Prices it takes</h2>
      {plan === '' ? (
        <p className={resource['muted']}>Choose a plan.</p>
      ) : (
        <Loaded query={query} lines={2}>
          {({ prices = [] }) => {
            const current = prices.filter(({ end_date: end, status }) => end === undefined && status === 'published');
            return current.length === 0 ? (
              <p>
                <Icon name="alert" size={14} /> The plan has no price: the subscription would bill nothing.{' '}
                <PageLink href={`/catalog/prices/new?plan_id=${encodeURIComponent(plan)}`}>Add a price</PageLink>
              </p>
            ) : (
              <ul className={resource['plainList']} data-unmarked="">
                {current.map((price) => {
                  const why = mismatch(price, currency, period);
                  return (
                    <li key={price.id}>
                      <Icon name={why === undefined ? 'check' : 'minus'} size={14} />{' '}
                      <span className={why === undefined ? undefined : resource['muted']}>
                        <VisibleText text={priceName(price)} />: {termsText(price)}
                        {why !== undefined && ` – left out: it is ${why}`}
                      </span>
                    </li>
                  );
                })}
              </ul>
            );
          }}
        </Loaded>
      )}
    </section>
  );
};
