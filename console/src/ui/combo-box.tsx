// A text with suggestions: any text may stay, a suggestion fills it in.
import { type ReactNode, useContext } from 'react';
import {
  ComboBox as AriaComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './combo-box.module.css';
import fields from './fields.module.css';
import { OverlayPlace } from './overlay-place.ts';

export interface Suggestion {
  readonly value: string;
  /** Shown besides the value: a name, a count. */
  readonly note?: string;
}

interface ComboBoxProps {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: string;
  readonly suggestions: readonly Suggestion[];
  readonly onChange: (value: string) => void;
  /** A suggestion was chosen, or Enter was pressed. */
  readonly onChoose?: (value: string) => void;
  readonly placeholder?: string;
  readonly problem?: string | undefined;
  readonly isRequired?: boolean;
  readonly hasAutoFocus?: boolean;
}

export const ComboBox = ({
  label,
  isLabelHidden = false,
  value,
  suggestions,
  onChange,
  onChoose,
  placeholder,
  problem,
  isRequired = false,
  hasAutoFocus = false,
}: ComboBoxProps): ReactNode => {
  const place = useContext(OverlayPlace);
  const portal = place.current ? { UNSTABLE_portalContainer: place.current } : {};
  return (
    <AriaComboBox
      allowsCustomValue
      allowsEmptyCollection={false}
      menuTrigger="focus"
      className={fields['field'] ?? ''}
      inputValue={value}
      onInputChange={onChange}
      onChange={(key) => {
        if (key !== null) onChoose?.(String(key));
      }}
      isInvalid={problem !== undefined}
      isRequired={isRequired}
    >
      <Label className={classes(fields['label'], isLabelHidden && fields['hidden'])}>{label}</Label>
      <Input
        className={fields['control'] ?? ''}
        {...(placeholder !== undefined && { placeholder })}
        autoFocus={hasAutoFocus}
        spellCheck={false}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.currentTarget.getAttribute('aria-activedescendant')) onChoose?.(value);
        }}
      />
      <FieldError className={fields['problem'] ?? ''}>{problem}</FieldError>
      <Popover className={styles['popover'] ?? ''} offset={4} {...portal}>
        <ListBox className={styles['list'] ?? ''}>
          {suggestions.map(({ value: text, note }) => (
            <ListBoxItem key={text} id={text} textValue={text} className={styles['item'] ?? ''}>
              <Text slot="label">{text}</Text>
              {note !== undefined && (
                <Text slot="description" className={styles['note'] ?? ''}>
                  {note}
                </Text>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
};
