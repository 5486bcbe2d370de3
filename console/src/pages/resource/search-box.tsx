// A text that filters a list a moment after it was typed. The URL has it too, and wins when it changes from elsewhere.
import { type ReactNode, useRef, useState } from 'react';
import { TextField } from '../../ui/fields.tsx';

interface SearchBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const pauseMs = 250;

export const SearchBox = ({ label, placeholder, value, onChange }: SearchBoxProps): ReactNode => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [state, setState] = useState({ url: value, text: value, passed: value });
  if (state.url !== value) {
    setState({ url: value, text: value === state.passed ? state.text : value, passed: value });
  }
  const pass = (text: string): void => {
    clearTimeout(timer.current);
    setState((before) => ({ ...before, passed: text }));
    onChange(text);
  };
  return (
    <TextField
      type="search"
      label={label}
      isLabelHidden
      placeholder={placeholder}
      value={state.text}
      onChange={(text) => {
        setState((before) => ({ ...before, text }));
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          pass(text);
        }, pauseMs);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') pass(event.currentTarget.value);
      }}
    />
  );
};
