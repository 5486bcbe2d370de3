// One Jest project per kind of test; the table in CONTRIBUTING.md says what each proves.
import { readFileSync } from 'node:fs';

const needed = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).engines.node;
const [major, minor] = process.versions.node.split('.').map(Number);
const [neededMajor, neededMinor] = needed.replace('>=', '').split('.').map(Number);
if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  console.error(
    `The tests need Node ${needed}, this is ${process.versions.node}: run them with npm test, which uses the repository's own.`,
  );
  process.exit(1);
}

export const project = (name, extra = {}) => ({
  displayName: name,
  rootDir: import.meta.dirname,
  roots: [`<rootDir>/test/${name}`],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/esbuild-transformer.mjs' },
  ...extra,
});

export default {
  projects: [
    ...['unit', 'property'].map((name) => project(name, { setupFiles: ['<rootDir>/test/support/property-seed.ts'] })),
    ...['contract', 'scenario', 'infra', 'integration', 'e2e'].map((name) => project(name)),
  ],
  maxWorkers: 2,
  testTimeout: 30_000,
};
