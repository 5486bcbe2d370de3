// The keys of this tab and which of them is in use. They live in memory and sessionStorage; a remembered one also in localStorage.
import * as v from 'valibot';
import { createStore, useStore } from '../base/store.ts';
import { readStored, writeStored } from '../base/storage.ts';
import { mayRemember, WhoamiSchema } from './whoami.ts';

const SessionSchema = v.object({ key: v.string(), isRemembered: v.boolean(), who: WhoamiSchema });
export type Session = v.InferOutput<typeof SessionSchema>;

const StateSchema = v.object({ sessions: v.array(SessionSchema), currentId: v.optional(v.string()) });
interface State {
  readonly sessions: readonly Session[];
  /** The key id of the session in use. */
  readonly currentId?: string | undefined;
  /** Set when the API no longer accepts the key in use; the page and its forms stay as they are. */
  readonly isRefused?: boolean;
}

const name = 'tollgate.sessions';
const none: State = { sessions: [] };

const stored = (): State => {
  const own = readStored(window.sessionStorage, name, StateSchema) ?? none;
  const remembered = readStored(window.localStorage, name, StateSchema) ?? none;
  const known = new Set(own.sessions.map(({ who }) => who.key_id));
  const sessions = [...own.sessions, ...remembered.sessions.filter(({ who }) => !known.has(who.key_id))];
  return { sessions, currentId: own.currentId ?? remembered.currentId };
};

const sessionStore = createStore<State>(stored());

const save = (state: State): void => {
  sessionStore.set(state);
  const { sessions, currentId } = state;
  writeStored(window.sessionStorage, name, { sessions, currentId });
  const remembered = sessions.filter(({ isRemembered, who }) => isRemembered && mayRemember(who));
  writeStored(window.localStorage, name, remembered.length > 0 ? { sessions: remembered, currentId } : undefined);
};

/** Adds a session, or replaces the one of the same key, and uses it. */
export const addSession = (session: Session): void => {
  const others = sessionStore.get().sessions.filter(({ who }) => who.key_id !== session.who.key_id);
  save({ sessions: [...others, session], currentId: session.who.key_id });
};

export const switchSession = (keyId: string): void => {
  save({ sessions: sessionStore.get().sessions, currentId: keyId });
};

/** Forgets the session in use and goes on with another one, if there is any. */
export const signOut = (): void => {
  const { sessions, currentId } = sessionStore.get();
  const others = sessions.filter(({ who }) => who.key_id !== currentId);
  save({ sessions: others, currentId: others[0]?.who.key_id });
};

export const refuseSession = (key: string): void => {
  const state = sessionStore.get();
  if (currentSession(state)?.key === key) sessionStore.set({ ...state, isRefused: true });
};

const currentSession = ({ sessions, currentId }: State): Session | undefined =>
  sessions.find(({ who }) => who.key_id === currentId);

/** Returns the sessions of this tab and the one in use. */
export const useSessions = (): State & { readonly session: Session | undefined } => {
  const state = useStore(sessionStore);
  return { ...state, session: currentSession(state) };
};

/** Returns the session in use; only for what is shown below the sign-in gate. */
export const useSession = (): Session => {
  const { session } = useSessions();
  if (!session) throw new Error('There is no session.');
  return session;
};
