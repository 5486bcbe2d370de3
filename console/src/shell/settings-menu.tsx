// What a reader prefers: theme, density, time zone, shortcuts.
import type { ReactNode } from 'react';
import { Menu } from '../ui/menu.tsx';
import { changeSettings, type Settings, useSettings } from '../url/settings.ts';

const themes = { system: 'Theme of the system', light: 'Light', dark: 'Dark' } as const;
const densities = { compact: 'Compact', comfortable: 'Comfortable' } as const;
const zones = { local: 'Times in local time', UTC: 'Times in UTC' } as const;

const choices = <K extends 'theme' | 'density' | 'timezone'>(
  name: K,
  labels: Readonly<Record<Settings[K], string>>,
  settings: Settings,
) => {
  const entry = (value: Settings[K]) => ({
    label: labels[value],
    isChecked: settings[name] === value,
    onAction: () => {
      changeSettings({ [name]: value });
    },
  });
  return entry;
};

export const SettingsMenu = (): ReactNode => {
  const settings = useSettings();
  const theme = choices('theme', themes, settings);
  const density = choices('density', densities, settings);
  const zone = choices('timezone', zones, settings);
  return (
    <Menu
      label="Settings"
      icon="gear"
      entries={[
        theme('system'),
        theme('light'),
        theme('dark'),
        { kind: 'line' },
        density('compact'),
        density('comfortable'),
        { kind: 'line' },
        zone('local'),
        zone('UTC'),
        { kind: 'line' },
        {
          label: 'Keyboard shortcuts',
          isChecked: settings.hasShortcuts,
          onAction: () => {
            changeSettings({ hasShortcuts: !settings.hasShortcuts });
          },
        },
      ]}
    />
  );
};
