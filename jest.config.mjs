// One Jest project per kind of test; the table in CONTRIBUTING.md says what each proves.
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
