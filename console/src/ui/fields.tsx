// Fields of forms: a label, the control, a note, and the rule that the API says is broken.
import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import styles from './fields.module.css';

interface FrameProps {
  readonly label: string;
  /** Reads the label aloud only, where a place says it already. */
  readonly isLabelHidden?: boolean;
  readonly note?: ReactNode;
  readonly problem?: string | undefined;
}

interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** Frames any control. */
const Field = ({
  label,
  isLabelHidden = false,
  note,
  problem,
  children,
}: FrameProps & { readonly children: (control: ControlProps) => ReactNode }): ReactNode => {
  const id = useId();
  const describedBy = [note ? `${id}-note` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={classes(styles['label'], isLabelHidden && styles['hidden'])}>
        {label}
      </label>
      {children({ id, 'aria-describedby': describedBy || undefined, 'aria-invalid': problem ? true : undefined })}
      {note && (
        <p id={`${id}-note`} className={styles['note']}>
          {note}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} className={styles['problem']}>
          {problem}
        </p>
      )}
    </div>
  );
};

interface TextFieldProps extends FrameProps, Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'id' | 'className'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isMono?: boolean;
}

export const TextField = ({
  label,
  isLabelHidden,
  note,
  problem,
  value,
  onChange,
  isMono,
  ...rest
}: TextFieldProps): ReactNode => (
  <Field label={label} isLabelHidden={isLabelHidden ?? false} note={note} problem={problem}>
    {(control) => (
      <input
        autoComplete="off"
        spellCheck={false}
        {...rest}
        {...control}
        className={classes(styles['control'], isMono && styles['mono'])}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    )}
  </Field>
);

interface TextAreaProps
  extends FrameProps, Omit<ComponentProps<'textarea'>, 'onChange' | 'value' | 'id' | 'className'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Several lines in the monospace font: JSON, expressions. */
export const TextArea = ({
  label,
  isLabelHidden,
  note,
  problem,
  value,
  onChange,
  ...rest
}: TextAreaProps): ReactNode => (
  <Field label={label} isLabelHidden={isLabelHidden ?? false} note={note} problem={problem}>
    {(control) => (
      <textarea
        spellCheck={false}
        rows={8}
        {...rest}
        {...control}
        className={classes(styles['control'], styles['area'], styles['mono'])}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    )}
  </Field>
);

interface Option<T extends string = string> {
  readonly value: T;
  readonly label: string;
}

interface SelectProps<T extends string> extends FrameProps {
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  readonly isDisabled?: boolean;
}

export const Select = <T extends string>({
  value,
  options,
  onChange,
  isDisabled = false,
  ...frame
}: SelectProps<T>): ReactNode => (
  <Field {...frame}>
    {(control) => (
      <select
        {...control}
        disabled={isDisabled}
        className={classes(styles['control'], styles['select'])}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    )}
  </Field>
);

interface CheckboxProps {
  readonly label: ReactNode;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly isDisabled?: boolean;
}

export const Checkbox = ({ label, isChecked, onChange, isDisabled = false }: CheckboxProps): ReactNode => (
  <label className={styles['check']}>
    <input
      type="checkbox"
      checked={isChecked}
      disabled={isDisabled}
      onChange={(event) => {
        onChange(event.target.checked);
      }}
    />
    <span>{label}</span>
  </label>
);
