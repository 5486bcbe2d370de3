// Builds the web console before the local system starts, into the folder of the argument, if there is one. The system works without
// it, so a failure is told and does not end the start.
import { buildConsole } from '../lib/console-build.ts';

const [folder] = process.argv.slice(2);
try {
  await buildConsole({
    ...(folder !== undefined && { folder }),
    onBuild: () => {
      console.error('Building the console …');
    },
  });
} catch (error) {
  console.error(error);
  console.error('The console could not be built. Everything else works; npm run build:console tries again.');
}
