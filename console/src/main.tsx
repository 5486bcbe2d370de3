// Starts the console: reads the key from the fragment before anything else can see the URL, then renders the router.
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { readConfig } from './session/config.ts';
import { openSessions } from './session/open-sessions.ts';

const start = async (): Promise<void> => {
  const config = await readConfig();
  const pending = openSessions();
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  createRoot(root).render(<App config={config} pending={pending} />);
};

void start();
