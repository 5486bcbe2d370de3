// Builds the web console before the local system starts. The system works without it, so a failure is told and does not end the start.
import { buildConsole } from '../lib/console-build.ts';

try {
  await buildConsole(() => {
    console.error('Building the console …');
  });
} catch (error) {
  console.error(error);
  console.error('The console could not be built. Everything else works; npm run build:console tries again.');
}
