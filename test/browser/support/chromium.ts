// The browser of the tests: Debian's chromium, or the one CHROMIUM_PATH names, each time with a profile of its own.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Returns the path of a browser; undefined: this machine has none. */
export const chromiumPath = (): string | undefined => {
  return process.env['CHROMIUM_PATH'] || usual.find((path) => existsSync(path));
};

/** Whether a machine without a browser is a fault. */
export const isChromiumDemanded = (): boolean => (process.env['CI'] ?? '') !== '';

/** It asks nothing of the network, and runs as root in a container. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser with an empty profile. Throws an Error if there is none. */
export const launchChromium = async (): Promise<Browser> => {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('there is no chromium: install it, or set CHROMIUM_PATH');
  return chromium.launch({ executablePath, headless: true, args: flags });
};
