// A text of the question: it is asked when the reader presses Enter, chooses a suggestion, or leaves the field. The suggestions are
// those of the browser, which need no code.
import { type ReactNode, useId, useState } from 'react';
import { TextField } from '../../ui/fields.tsx';

interface Suggestion {
  readonly value: string;
  /** Shown besides the value: a name. */
  readonly note?: string;
}

interface DraftFieldProps {
  readonly label: string;
  /** As the URL has it. */
  readonly value: string;
  readonly onCommit: (value: string) => void;
  readonly suggestions?: readonly Suggestion[];
  readonly placeholder?: string;
  readonly problem?: string | undefined;
}

/** Whether a change came from the list of suggestions: browsers name it a replacement, or do not name it. */
const isChoice = (event: Event): boolean =>
  !(event instanceof InputEvent) || event.inputType === '' || event.inputType === 'insertReplacementText';

export const DraftField = ({
  label,
  value,
  onCommit,
  suggestions = [],
  placeholder = '',
  problem,
}: DraftFieldProps): ReactNode => {
  const listId = useId();
  // A text that was typed over another value of the URL is no draft of this one.
  const [draft, setDraft] = useState({ of: value, text: value });
  const text = draft.of === value ? draft.text : value;
  const commit = (next: string): void => {
    if (next !== value) onCommit(next);
  };
  return (
    <div
      onInput={({ nativeEvent, target }) => {
        if (!(target instanceof HTMLInputElement) || !isChoice(nativeEvent)) return;
        if (suggestions.some((one) => one.value === target.value)) commit(target.value);
      }}
    >
      <TextField
        label={label}
        value={text}
        onChange={(next) => setDraft({ of: value, text: next })}
        placeholder={placeholder}
        problem={problem}
        list={suggestions.length > 0 ? listId : undefined}
        onBlur={() => commit(text)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit(text);
        }}
      />
      <datalist id={listId}>
        {suggestions.map(({ value: one, note }) => (
          <option key={one} value={one}>
            {note}
          </option>
        ))}
      </datalist>
    </div>
  );
};
