// A kind of thing that can be created and named in the catalog.
import type { RouteHandler } from '../../../shared/api/http/exchange.ts';
import type { aRequest } from '../../support/drivers/api-request.ts';
import type { CatalogRoutes } from './catalog-system.ts';
import type { KindName } from './attempt.ts';

type RequestFields = NonNullable<Parameters<typeof aRequest>[0]>;

export interface Asked extends RequestFields {
  readonly route: (routes: CatalogRoutes) => RouteHandler;
}

/** Entities that prices, subscriptions and entitlements refer to. */
export interface Grounds {
  readonly planId: string;
  readonly meterId: string;
  /** By the name that an entitlement of it has here. */
  readonly featureIds: ReadonlyMap<string, string>;
}

/** `value`: the name it holds, "" for none. */
export interface Shown {
  readonly id: string;
  readonly tag: string;
  readonly value: string;
}

export interface Kind {
  readonly name: KindName;
  /** `owner`: the external id of a customer, for what a customer has. */
  readonly create: (grounds: Grounds, value: string, tag: string, owner: string) => Asked;
  /** All of these together. */
  readonly createMany?: (items: readonly Asked[]) => Asked;
  /** There is none without a name. */
  readonly isNamed?: true;
  /** By it its names become free. */
  readonly giveUp: (id: string) => Asked;
  /** Not at once: the name of a subscription that is cancelled is free when its customer is deleted. */
  readonly isGivenUpLater?: true;
  /** Takes a name, also for what has given up its own. */
  readonly take: ((id: string, value: string) => Asked) | undefined;
  /** It can only take the name again that it was created with. */
  readonly isNameFixed?: true;
  /** Ends one version and starts the next, with the same name or, where `value` is given, another. */
  readonly revise?: (id: string, value: string | undefined) => Asked;
  /** It is there only while what it refers to under its name is: how that is withdrawn, in several ways, and restored. */
  readonly ground?: {
    readonly withdrawals: (grounds: Grounds, value: string) => readonly Asked[];
    readonly restore: (grounds: Grounds, value: string) => Asked;
  };
  /** Read fresh, never from a cache. */
  readonly isOnAccount?: true;
  readonly list: Asked;
  /** Where all of them are shown as well. */
  readonly otherLists?: (grounds: Grounds) => readonly Asked[];
  readonly get: (id: string) => Asked;
  readonly lookUp: ((value: string) => Asked) | undefined;
  readonly shownOf: (body: unknown) => Shown;
  readonly isWhole: (body: unknown) => boolean;
  /** Whether what a list shows together can be there together. */
  readonly areInOrder?: (bodies: readonly unknown[]) => boolean;
}
