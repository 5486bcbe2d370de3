// Hooks that read and change through the API. A page describes its call; the same call is shown as curl, CLI and SDK.
import {
  keepPreviousData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useContext } from 'react';
import type { RouteId } from '../../../shared/api/http/routes.ts';
import { refuseSession, useSession } from '../session/session-store.ts';
import { scopeName } from '../session/whoami.ts';
import type { AnswerOf } from './answers.ts';
import type { Call } from './call.ts';
import { type Connection, send } from './client.ts';
import { ConfigContext } from './config-context.ts';
import { ApiFailure, isRetried, retryDelayMs } from './failure.ts';

/** Returns a function that sends calls with the key in use; a key that is refused asks for another one over the open page. */
export const useSend = (): (<Id extends RouteId>(call: Call<Id>, signal?: AbortSignal) => Promise<AnswerOf<Id>>) => {
  const { apiUrl } = useContext(ConfigContext);
  const { key } = useSession();
  const connection: Connection = { apiUrl, key };
  return async (call, signal) => {
    try {
      return await send(connection, call, signal);
    } catch (error) {
      if (error instanceof ApiFailure && error.status === 401) refuseSession(key);
      throw error;
    }
  };
};

export type ApiQuery<T> = UseQueryResult<T>;

interface ReadOptions<T> {
  /** Milliseconds between reads while the page is visible, or a function of what was read; default: not again. */
  readonly pollMs?: number | false | ((data: T | undefined) => number | false);
  /** Show the last answer while a changed call is on its way; default true. */
  readonly keepsPrevious?: boolean;
  /** Changes when the reader asks to read again. */
  readonly asOf?: number;
}

/** Reads; undefined reads nothing yet. */
export const useApi = <Id extends RouteId>(
  call: Call<Id> | undefined,
  { pollMs = false, keepsPrevious = true, asOf }: ReadOptions<AnswerOf<Id>> = {},
): ApiQuery<AnswerOf<Id>> => {
  const sendCall = useSend();
  const { who } = useSession();
  return useQuery({
    queryKey: [scopeName(who), call, asOf],
    queryFn: async ({ signal }) => {
      if (!call) throw new Error('nothing to read');
      return await sendCall(call, signal);
    },
    enabled: call !== undefined,
    refetchInterval: typeof pollMs === 'function' ? ({ state }) => pollMs(state.data) : pollMs,
    retry: isRetried,
    retryDelay: retryDelayMs,
    ...(keepsPrevious && { placeholderData: keepPreviousData }),
  });
};

export interface PagesOptions<Id extends RouteId> {
  /** Returns the call of the page after a cursor; undefined: of the first page. */
  readonly callOf: (cursor: string | undefined) => Call<Id>;
  /** Returns the cursor of the next page; undefined at the end. */
  readonly cursorOf: (page: AnswerOf<Id>) => string | undefined;
  readonly isEnabled?: boolean;
  readonly asOf?: number;
}

export type ApiPages<T> = UseInfiniteQueryResult<T[]>;

/** Reads a list page by page. */
export const useApiPages = <Id extends RouteId>({
  callOf,
  cursorOf,
  isEnabled = true,
  asOf,
}: PagesOptions<Id>): ApiPages<AnswerOf<Id>> => {
  const sendCall = useSend();
  const { who } = useSession();
  return useInfiniteQuery({
    queryKey: [scopeName(who), 'pages', callOf(undefined), asOf],
    queryFn: async ({ pageParam, signal }) => await sendCall(callOf(pageParam === '' ? undefined : pageParam), signal),
    initialPageParam: '',
    getNextPageParam: (page) => cursorOf(page),
    select: ({ pages }) => pages,
    enabled: isEnabled,
    retry: isRetried,
    retryDelay: retryDelayMs,
    placeholderData: keepPreviousData,
  });
};

/** Changes something; afterwards every page reads again what it shows. */
export const useCommand = <Id extends RouteId>(onDone?: (answer: AnswerOf<Id>) => void) => {
  const sendCall = useSend();
  const client = useQueryClient();
  return useMutation<AnswerOf<Id>, Error, Call<Id>>({
    mutationFn: (call) => sendCall(call),
    onSuccess: async (answer) => {
      onDone?.(answer);
      await client.invalidateQueries();
    },
  });
};
