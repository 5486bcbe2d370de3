// A text field with suggestions of the browser's own kind (a datalist): any text may stay, and nothing has to be loaded for it.
import { type ReactNode, useId } from 'react';
import type { Suggestion } from './combo-box.tsx';
import { TextField } from './fields.tsx';

interface SuggestFieldProps {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: string;
  readonly suggestions: readonly Suggestion[];
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly problem?: string | undefined;
  readonly required?: boolean;
}

export const SuggestField = ({ suggestions, ...rest }: SuggestFieldProps): ReactNode => {
  const id = useId();
  return (
    <>
      <TextField {...rest} {...(suggestions.length > 0 && { list: id })} />
      {suggestions.length > 0 && (
        <datalist id={id}>
          {suggestions.map(({ value, note }) => (
            <option key={value} value={value} label={note ? `${value} · ${note}` : value} />
          ))}
        </datalist>
      )}
    </>
  );
};
