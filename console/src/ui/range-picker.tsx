// The range of a page: presets, or two times in the zone that the reader chose.
import { type ReactNode, useState } from 'react';
import { inputText, instantOfInput, timeText } from '../url/time-text.ts';
import { presets, rangeText, relativeLabel, type ResolvedRange } from '../url/range.ts';
import { useSettings } from '../url/settings.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './fields.tsx';
import { Menu } from './menu.tsx';
import styles from './range-picker.module.css';

interface RangePickerProps {
  /** As the URL has it. */
  readonly range: string;
  readonly resolved: ResolvedRange;
  readonly onChange: (range: string) => void;
}

export const RangePicker = ({ range, resolved, onChange }: RangePickerProps): ReactNode => {
  const [isOpen, setIsOpen] = useState(false);
  const { timezone } = useSettings();
  const label =
    relativeLabel(range) ??
    `${timeText(resolved.start, timezone, false)} – ${timeText(resolved.end, timezone, false)}${timezone === 'UTC' ? ' UTC' : ''}`;
  return (
    <>
      <Menu
        label={`Time range: ${label}`}
        face={label}
        entries={[
          ...presets.map((preset) => ({
            label: preset.label,
            isChecked: preset.text === range,
            onAction: () => {
              onChange(preset.text);
            },
          })),
          { kind: 'line' as const },
          {
            label: 'From … to …',
            isChecked: relativeLabel(range) === undefined,
            onAction: () => {
              setIsOpen(true);
            },
          },
        ]}
      />
      {isOpen && (
        <RangeDialog
          resolved={resolved}
          onChange={onChange}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      )}
    </>
  );
};

interface RangeDialogProps {
  readonly resolved: ResolvedRange;
  readonly onChange: (range: string) => void;
  readonly onClose: () => void;
}

const RangeDialog = ({ resolved, onChange, onClose }: RangeDialogProps): ReactNode => {
  const { timezone } = useSettings();
  const [from, setFrom] = useState(inputText(resolved.start, timezone));
  const [to, setTo] = useState(inputText(resolved.end, timezone));
  const start = instantOfInput(from, timezone);
  const end = instantOfInput(to, timezone);
  const isOrdered = start !== undefined && end !== undefined && Date.parse(start) < Date.parse(end);
  const zone = timezone === 'UTC' ? 'UTC' : `your time zone, ${Intl.DateTimeFormat().resolvedOptions().timeZone}`;
  return (
    <Dialog
      title="Time range"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="range" disabled={!isOrdered}>
            Apply
          </Button>
        </>
      }
    >
      <form
        id="range"
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isOrdered) return;
          onChange(rangeText({ start, end }));
          onClose();
        }}
      >
        <TextField label="From" type="datetime-local" step="0.001" value={from} onChange={setFrom} note="Inclusive" />
        <TextField
          label="To"
          type="datetime-local"
          step="0.001"
          value={to}
          onChange={setTo}
          problem={from !== '' && to !== '' && !isOrdered ? 'must be after the first time' : undefined}
        />
        <p className={styles['note']}>Times are in {zone}.</p>
      </form>
    </Dialog>
  );
};
