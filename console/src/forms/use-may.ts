// Whether the key in use may call a route; if not, why, in words to show.
import { type RouteId, routes } from '../../../shared/api/http/routes.ts';
import { useSession } from '../session/session-store.ts';
import { mayCall } from '../session/whoami.ts';

export const useMay = (route: RouteId): { readonly may: boolean; readonly why: string } => {
  const { who } = useSession();
  const { roles } = routes[route];
  const may = roles === 'anyone' || mayCall(who, roles);
  return {
    may,
    why: may
      ? ''
      : `Your key may not do this: it needs the role ${roles.join(' or ')}, and has ${who.roles.join(', ') || 'none'}.`,
  };
};
