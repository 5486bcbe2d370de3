// The tests of a deployed stack; `test/aws/run.ts` deploys it and starts them.
import { project } from '../../jest.config.mjs';

export default { ...project('aws'), testTimeout: 60_000, maxWorkers: 1 };
