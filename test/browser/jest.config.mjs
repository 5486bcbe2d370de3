// The tests of the console in a browser; `test/browser/run.ts` installs what they need and starts them.
import { project } from '../../jest.config.mjs';

export default { ...project('browser'), testTimeout: 60_000, maxWorkers: 1 };
