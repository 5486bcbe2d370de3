// A text of the question: it is asked when the reader presses Enter, chooses a suggestion, or leaves the field.
import { type ReactNode, useState } from 'react';
import { ComboBox, type Suggestion } from '../../ui/combo-box.tsx';
import { TextField } from '../../ui/fields.tsx';

interface DraftFieldProps {
  readonly label: string;
  /** As the URL has it. */
  readonly value: string;
  readonly onCommit: (value: string) => void;
  readonly suggestions?: readonly Suggestion[];
  readonly placeholder?: string;
  readonly problem?: string | undefined;
}

export const DraftField = ({
  label,
  value,
  onCommit,
  suggestions,
  placeholder = '',
  problem,
}: DraftFieldProps): ReactNode => {
  // A text that was typed over another value of the URL is no draft of this one.
  const [draft, setDraft] = useState({ of: value, text: value });
  const text = draft.of === value ? draft.text : value;
  const edit = (next: string): void => setDraft({ of: value, text: next });
  const commit = (next: string): void => {
    if (next !== value) onCommit(next);
  };
  return (
    <div onBlur={() => commit(text)}>
      {suggestions === undefined ? (
        <TextField
          label={label}
          value={text}
          onChange={edit}
          placeholder={placeholder}
          problem={problem}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit(text);
          }}
        />
      ) : (
        <ComboBox
          label={label}
          value={text}
          onChange={edit}
          onChoose={commit}
          suggestions={suggestions}
          placeholder={placeholder}
          problem={problem}
        />
      )}
    </div>
  );
};
