// The kinds of things in the catalog, as links between their lists.
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageLink } from '../../ui/page-link.tsx';
import styles from './resource.module.css';

const kinds = [
  ['/catalog/meters', 'Meters'],
  ['/catalog/features', 'Features'],
  ['/catalog/plans', 'Plans'],
  ['/catalog/prices', 'Prices'],
  ['/catalog/price-units', 'Price units'],
] as const;

export const CatalogTabs = (): ReactNode => {
  const { pathname } = useLocation();
  return (
    <nav aria-label="Catalog" className={styles['tabs']}>
      {kinds.map(([href, title]) => (
        <PageLink key={href} href={href} {...(pathname === href && { 'aria-current': 'page' as const })}>
          {title}
        </PageLink>
      ))}
    </nav>
  );
};
