// How the code of a function becomes what is uploaded: one minified CommonJS file with the AWS SDK inside. (As an ES module
// it would load undici at the first import of node:http.)
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import * as v from 'valibot';
import type { FunctionName } from '../shared/config.ts';
import { openApiFile } from './openapi-file.ts';

const root = join(import.meta.dirname, '..');

interface Part {
  readonly path: RegExp;
  /** What stands in for it. */
  readonly contents: string;
}

/** How the SDK finds credentials elsewhere than on Lambda. */
const credentialChain: readonly Part[] = [
  // On Lambda the role's credentials are in the environment; profiles, SSO and instance metadata are not there.
  {
    path: /@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/,
    contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
  },
  // Nor are there files of configuration: two reads less at every cold start.
  {
    path: /shared-ini-file-loader\/loadSharedConfigFiles\.js$/,
    contents: `export { CONFIG_PREFIX_SEPARATOR } from './constants';
      export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
];

/** What else of the SDK these functions cannot reach. */
const unreachable: readonly Part[] = [
  // No operation of DynamoDB's tables or of SQS streams events.
  { path: /@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/, contents: 'export {};' },
  // Only for DynamoDB's endpoint discovery, which is off.
  { path: /@aws-sdk\/endpoint-cache\/dist-es\/index\.js$/, contents: 'export class EndpointCache {}' },
  // Only for retries in adaptive mode, and for a region that is not set: Lambda sets it.
  { path: /util-retry\/DefaultRateLimiter\.js$/, contents: 'export class DefaultRateLimiter {}' },
  {
    path: /regionConfig\/getInstanceMetadataRegion\.js$/,
    contents: 'export const getInstanceMetadataRegion = async () => undefined;',
  },
  // Node has both natively.
  { path: /checksum\/sha256\/Sha256Js\.js$/, contents: 'export const Sha256Js = undefined;' },
  { path: /checksum\/md5\/Md5Js\.js$/, contents: 'export const Md5Js = undefined;' },
];

const VersionSchema = v.object({ version: v.string() });

const without = (parts: readonly Part[]): Plugin => ({
  name: 'without-unreachable',
  setup: (bundling) => {
    for (const { path, contents } of parts) {
      bundling.onLoad({ filter: path }, ({ path: file }) => ({ contents, resolveDir: dirname(file) }));
    }
    // Of its manifest a client reads the version.
    bundling.onLoad({ filter: /@aws-sdk\/client-[^/]+\/package\.json$/ }, async ({ path: file }) => ({
      contents: JSON.stringify(v.parse(VersionSchema, JSON.parse(await readFile(file, 'utf8')))),
      loader: 'json',
    }));
  },
});

export interface Bundling {
  /** Only to compare with. */
  readonly hasCredentialChain?: boolean;
}

/** The description of the API in the package of the catalog, which serves it. */
export const packagedOpenApi = 'openapi.json';

/** Writes `index.js` (handler: `index.handler`) into the folder, and its source map beside the folder, out of the package. */
export const bundleFunction = async (
  name: FunctionName,
  folder: string,
  { hasCredentialChain = false }: Bundling = {},
): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const outfile = join(folder, 'index.js');
  await build({
    entryPoints: [join(root, 'functions', name, 'handler.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    sourcemap: 'external',
    logLevel: 'warning',
    // In Lambda's runtime, where `require` finds it and `import` would not.
    external: ['@aws-sdk/client-cloudwatch'],
    supported: { 'dynamic-import': false },
    plugins: [without(hasCredentialChain ? unreachable : [...credentialChain, ...unreachable])],
  });
  await rename(`${outfile}.map`, `${folder}.js.map`);
  if (name === 'catalog') await copyFile(openApiFile, join(folder, packagedOpenApi));
};
