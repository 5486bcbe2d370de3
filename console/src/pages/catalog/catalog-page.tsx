// The catalog: how its parts belong together, and how many there are of each.
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { groupedDigits } from '../../ui/digits.ts';
import { PageFrame } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import styles from './catalog.module.css';

interface Kind {
  readonly title: string;
  readonly href: string;
  readonly text: string;
  readonly count: number | undefined;
}

const one = { limit: 1 };

export const Page = (): ReactNode => {
  const meters = useApi({ route: 'listMeters', query: { ...one, status: 'published' } });
  const features = useApi({ route: 'listFeatures', query: { ...one, status: 'published' } });
  const plans = useApi({ route: 'listPlans', query: one });
  const prices = useApi({ route: 'listPrices', query: one });
  const units = useApi({ route: 'listPriceUnits', query: one });
  const kinds: readonly Kind[] = [
    {
      title: 'Meters',
      href: '/catalog/meters',
      text: 'What is counted: which events, and what of them.',
      count: meters.data?.pagination.total,
    },
    {
      title: 'Features',
      href: '/catalog/features',
      text: 'What plans grant: limits and free allowances of the usage of a meter.',
      count: features.data?.pagination.total,
    },
    {
      title: 'Plans',
      href: '/catalog/plans',
      text: 'Sets of prices and entitlements that customers are subscribed to.',
      count: plans.data?.pagination.total,
    },
    {
      title: 'Prices',
      href: '/catalog/prices',
      text: 'What usage or a fixed quantity costs in a plan.',
      count: prices.data?.pagination.total,
    },
    {
      title: 'Price units',
      href: '/catalog/price-units',
      text: 'Currencies of your own, such as credits.',
      count: units.data?.pagination.total,
    },
  ];
  return (
    <PageFrame
      title="Catalog"
      lead="A meter counts events. A price says what its usage costs in a plan. A subscription bills a customer by a plan."
    >
      <ul className={styles['kinds']}>
        {kinds.map(({ title, href, text, count }) => (
          <li key={href} className={styles['kind']}>
            <h2>
              <PageLink href={href}>{title}</PageLink>
            </h2>
            <p className={styles['count']}>{count === undefined ? ' ' : groupedDigits(count)}</p>
            <p className={styles['text']}>{text}</p>
            <PageLink href={`${href}/new`}>New {title.replace(/s$/, '').toLowerCase()}</PageLink>
          </li>
        ))}
      </ul>
    </PageFrame>
  );
};
