// A link to a page of the console, by its address from the base on (`/events?range=1h`); the router opens it without loading.
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import { parseSearch } from '../url/search-text.ts';

interface PageLinkProps {
  readonly href: string;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly title?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-current'?: 'page' | 'true';
  readonly 'data-row-link'?: string;
  readonly tabIndex?: number;
  /** Whether the page begins at its top; false for what only opens a panel. */
  readonly resetScroll?: boolean;
}

const targetOf = (href: string): { readonly to: string; readonly search: Record<string, string> } => {
  const [to = '/', query = ''] = href.split('?');
  return { to, search: parseSearch(query) };
};

export const PageLink = ({ href, className = '', children, ...rest }: PageLinkProps): ReactNode => (
  <Link
    {...rest}
    className={className}
    {...targetOf(href)}
    activeProps={{}}
    inactiveProps={{}}
    activeOptions={{ exact: true }}
  >
    {children}
  </Link>
);

/** Returns a function that opens a page by its address. */
export const useOpenPage = (): ((href: string) => void) => {
  const navigate = useNavigate();
  return useCallback((href) => void navigate(targetOf(href)), [navigate]);
};
