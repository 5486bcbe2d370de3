// A link to an entity of the catalog by its id, with its name once that is read.
import type { ReactNode } from 'react';
import { useApi } from '../api/use-api.ts';
import styles from './entity-link.module.css';
import { PageLink } from './page-link.tsx';
import { VisibleText } from './visible-text.tsx';

const paths = {
  customer: '/customers',
  subscription: '/subscriptions',
  meter: '/catalog/meters',
  feature: '/catalog/features',
  plan: '/catalog/plans',
  price: '/catalog/prices',
} as const;
type EntityKind = keyof typeof paths;

interface EntityLinkProps {
  readonly kind: EntityKind;
  readonly id: string;
  /** Shown instead of the id. */
  readonly name?: string | undefined;
}

export const EntityLink = ({ kind, id, name = id }: EntityLinkProps): ReactNode => (
  <PageLink href={`${paths[kind]}/${encodeURIComponent(id)}`} title={id} className={styles['link']}>
    <VisibleText text={name === '' ? id : name} />
  </PageLink>
);

/** A meter by its id, shown by its name. */
export const MeterLink = ({ id }: { readonly id: string }): ReactNode => {
  const { data } = useApi({ route: 'getMeter', path: { id } });
  return <EntityLink kind="meter" id={id} name={data?.name} />;
};

/** A customer by its id, shown by its name. */
export const CustomerLink = ({ id }: { readonly id: string }): ReactNode => {
  const { data } = useApi({ route: 'getCustomer', path: { id } });
  return <EntityLink kind="customer" id={id} name={data?.name} />;
};

/** A price by its id, shown by its name. */
export const PriceLink = ({ id }: { readonly id: string }): ReactNode => {
  const { data } = useApi({ route: 'getPrice', path: { id } });
  return <EntityLink kind="price" id={id} name={data?.display_name} />;
};
