// A link to a page of the console, by its address from the base on (`/events?range=1h`); the router opens it without loading.
import { Link } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { parseSearch } from '../url/search-text.ts';

interface PageLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  readonly href: string;
}

export const PageLink = ({ href, children, ...rest }: PageLinkProps): ReactNode => {
  const [path = '/', query = ''] = href.split('?');
  return (
    <Link {...rest} to={path} search={parseSearch(query)}>
      {children}
    </Link>
  );
};
