// Keeps a stream for the filters of the page: while they stay, whatever else changes in the URL, the stream goes on.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useSend } from '../../api/use-api.ts';
import { useStore } from '../../base/store.ts';
import { useSession } from '../../session/session-store.ts';
import { isKept, type ListedEvent } from '../events/event-fields.ts';
import type { EventsSearch } from '../events/events-search.ts';
import { answerOfLive, answerOfPage, causeOf, failureKind, liveCall, pageCall } from './live-call.ts';
import { type LiveRunner, startLiveRunner } from './live-runner.ts';
import { createLiveStream, type LiveSnapshot, type LiveStream } from './live-stream.ts';

export interface Live {
  readonly stream: LiveStream<ListedEvent>;
  readonly snapshot: LiveSnapshot<ListedEvent>;
  /** UTC milliseconds. */
  readonly openedAt: number;
  /** Asks at once. */
  readonly wake: () => void;
  /** Opens the stream again, at the newest event. */
  readonly reopen: () => void;
}

/** The fields that the stream depends on; columns and the open event are not part of it. */
const filterKey = ({
  customer,
  name,
  source,
  property,
  verdict,
  warning,
  conflicts,
  decided,
  not,
}: EventsSearch): string =>
  JSON.stringify([customer, name, source, property, verdict, warning, conflicts, decided, not]);

/** An answer that takes longer is given up: a connection may be dead without saying so. */
const patienceMs = 30_000;

export const useLive = (search: EventsSearch): Live => {
  const send = useSend();
  const { who } = useSession();
  const [opened, setOpened] = useState(0);
  const key = `${who.key_id} ${filterKey(search)} ${String(opened)}`;
  // The key has every part of the search that the stream depends on.
  const { stream, openedAt } = useMemo(() => {
    const openedAt = Date.now();
    return {
      openedAt,
      stream: createLiveStream<ListedEvent>({
        idOf: ({ id }) => id,
        causeOf,
        isKept: (event) => isKept(event, search.not),
        openedAt,
        isPolled: liveCall(search) === undefined,
      }),
    };
  }, [key]);
  const latest = useRef({ send, search });
  useEffect(() => {
    latest.current = { send, search };
  });
  const runner = useRef<LiveRunner>(null);
  useEffect(() => {
    const known = new Set<string>();
    const within = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const started = startLiveRunner<ListedEvent>({
      stream,
      askLive: async (cursor, signal) => {
        const call = liveCall(latest.current.search, cursor);
        if (!call) throw new Error('A filter cannot be followed.');
        return answerOfLive(await latest.current.send(call, within(signal)));
      },
      askPage: async (signal) => {
        const page = await latest.current.send(pageCall(latest.current.search, Date.now()), within(signal));
        const answer = answerOfPage(page, ({ id }) => known.has(id));
        known.clear();
        for (const { id } of page.events) known.add(id);
        return answer;
      },
      kindOf: failureKind,
      isHidden: () => document.hidden,
      later: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => {
          clearTimeout(timer);
        };
      },
      now: Date.now,
    });
    runner.current = started;
    document.addEventListener('visibilitychange', started.wake);
    window.addEventListener('online', started.wake);
    return () => {
      document.removeEventListener('visibilitychange', started.wake);
      window.removeEventListener('online', started.wake);
      started.stop();
    };
  }, [stream]);
  return {
    stream,
    openedAt,
    snapshot: useStore(stream.store),
    wake: () => runner.current?.wake(),
    reopen: () => {
      setOpened(opened + 1);
    },
  };
};
