// Properties draw their examples from the seed of the run: `npm test` has one, so that it says the same each time;
// `npm run explore` draws another with every run, and prints it.
import { jest } from '@jest/globals';
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: jest.getSeed() });
