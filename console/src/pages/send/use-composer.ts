// What is being written: fields or a text, whichever was changed last. The other one is derived from it, so that both always agree,
// whichever the URL shows.
import { useState } from 'react';
import { useApi } from '../../api/use-api.ts';
import type { Lookup } from '../event/event-sentence.ts';
import { readObject } from '../parts/exact-json.ts';
import { type Draft, draftOf, emptyDraft, textOf } from './draft.ts';
import { onOneLine } from './several.ts';

type Content = { readonly kind: 'fields'; readonly draft: Draft } | { readonly kind: 'text'; readonly text: string };

export interface Composer {
  /** undefined: the text is not one JSON object, so there are no fields to show. */
  readonly draft: Draft | undefined;
  readonly text: string;
  readonly several: string;
  readonly setDraft: (draft: Draft) => void;
  readonly setText: (text: string) => void;
  readonly setSeveral: (text: string) => void;
  /** The event that is copied is on its way. */
  readonly isLoading: boolean;
  readonly failure: Error | null;
}

/** Returns the event as it can be sent as a new one: everything but its id. */
const copied = ({ event }: Lookup): Content => ({
  kind: 'fields',
  draft: draftOf({
    event_name: event.event_name,
    external_customer_id: event.external_customer_id,
    ...(event.customer_id !== '' && { customer_id: event.customer_id }),
    timestamp: event.timestamp,
    ...(event.source !== '' && { source: event.source }),
    ...(event.properties && { properties: event.properties }),
  }),
});

const startOf = (eventName: string, customer: string): Content => ({
  kind: 'fields',
  draft: { ...emptyDraft, event_name: eventName, external_customer_id: customer },
});

export const useComposer = (from: string, eventName: string, customer: string): Composer => {
  const [changed, setChanged] = useState<{ readonly from: string; readonly content: Content }>();
  const [several, setSeveral] = useState<string>();
  const query = useApi(from === '' ? undefined : { route: 'lookUpEvent', query: { id: from } }, {
    keepsPrevious: false,
  });
  const initial = query.data && from !== '' ? copied(query.data) : startOf(eventName, customer);
  // Another event to copy replaces what was written for the one before.
  const content = changed?.from === from ? changed.content : initial;
  const text = content.kind === 'text' ? content.text : textOf(content.draft);
  const read = content.kind === 'text' ? readObject(content.text) : undefined;
  const draft = content.kind === 'fields' ? content.draft : read && 'object' in read ? draftOf(read.object) : undefined;
  return {
    draft,
    text,
    several: several ?? (text === '{}' ? '' : onOneLine(text)),
    setDraft: (next) => setChanged({ from, content: { kind: 'fields', draft: next } }),
    setText: (next) => setChanged({ from, content: { kind: 'text', text: next } }),
    setSeveral,
    isLoading: from !== '' && query.isPending,
    failure: query.error,
  };
};
