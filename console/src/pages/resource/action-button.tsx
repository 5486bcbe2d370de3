// A button for a change: disabled, and saying why, for a key that may not make it.
import type { ComponentProps, ReactNode } from 'react';
import type { RouteId } from '../../../../shared/api/http/routes.ts';
import { useMay } from '../../forms/use-may.ts';
import { Button } from '../../ui/button.tsx';
import { Hidden } from '../../ui/hidden.tsx';
import type { IconName } from '../../ui/icon-paths.ts';
import { useOpenPage } from '../../ui/page-link.tsx';

interface ActionButtonProps {
  readonly route: RouteId;
  readonly children: ReactNode;
  readonly look?: NonNullable<ComponentProps<typeof Button>['look']>;
  readonly icon?: IconName;
  /** Opens a page; or does something. */
  readonly href?: string;
  readonly onClick?: () => void;
}

export const ActionButton = ({
  route,
  children,
  look = 'plain',
  icon,
  href,
  onClick,
}: ActionButtonProps): ReactNode => {
  const { may, why } = useMay(route);
  const open = useOpenPage();
  return (
    <Button
      look={look}
      {...(icon && { icon })}
      disabled={!may}
      title={why}
      onClick={() => {
        if (href !== undefined) open(href);
        onClick?.();
      }}
    >
      {children}
      {!may && <Hidden> ({why})</Hidden>}
    </Button>
  );
};
