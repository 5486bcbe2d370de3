// The configuration of the console for everything below the root.
import { createContext } from 'react';
import type { Config } from '../session/config.ts';

export const ConfigContext = createContext<Config>({ apiUrl: '' });
