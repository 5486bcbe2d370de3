// What a reader prefers, in localStorage: theme, density, time zone, shortcuts, the width of the rail.
import * as v from 'valibot';
import { createStore, useStore } from '../base/store.ts';
import { readStored, writeStored } from '../base/storage.ts';

const SettingsSchema = v.object({
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  density: v.fallback(v.picklist(['compact', 'comfortable']), 'compact'),
  timezone: v.fallback(v.picklist(['local', 'UTC']), 'local'),
  hasShortcuts: v.fallback(v.boolean(), true),
  isRailNarrow: v.fallback(v.boolean(), false),
  /** Width of the panel beside a list, in percent. */
  panelPercent: v.fallback(v.pipe(v.number(), v.minValue(20), v.maxValue(75)), 42),
});
export type Settings = v.InferOutput<typeof SettingsSchema>;

const name = 'tollgate.settings';
export const settingsStore = createStore<Settings>(
  readStored(window.localStorage, name, SettingsSchema) ?? v.parse(SettingsSchema, {}),
);

const apply = ({ theme, density }: Settings): void => {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  if (density === 'compact') delete dataset['density'];
  else dataset['density'] = density;
};

export const changeSettings = (patch: Partial<Settings>): void => {
  const settings = { ...settingsStore.get(), ...patch };
  settingsStore.set(settings);
  writeStored(window.localStorage, name, settings);
  apply(settings);
};

export const useSettings = (): Settings => useStore(settingsStore);
