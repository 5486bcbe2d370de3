// A sentence about an event, in which names from outside stand out and hide nothing.
import { Fragment, type ReactNode } from 'react';
import { VisibleText } from '../../ui/visible-text.tsx';
import type { SentencePart } from './event-sentence.ts';

const shown = (part: SentencePart, nameClass: string | undefined): ReactNode => {
  if (typeof part === 'string') return part;
  const text = <VisibleText text={part.name} />;
  return part.isWords ? text : <code className={nameClass}>{text}</code>;
};

export const SentenceText = ({
  parts,
  nameClass,
}: {
  readonly parts: readonly SentencePart[];
  readonly nameClass: string | undefined;
}): ReactNode => parts.map((part, index) => <Fragment key={index}>{shown(part, nameClass)}</Fragment>);
