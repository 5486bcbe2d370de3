// Bundles the code of a function for upload: one minified CommonJS file that includes the AWS SDK. (An ES module would load undici
// at the first import of node:http.)
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { data as currencies } from 'currency-codes';
import { build, type Plugin } from 'esbuild';
import * as v from 'valibot';
import type { FunctionName } from '../shared/config.ts';
import { openApiFile } from './openapi-file.ts';

const root = join(import.meta.dirname, '..');

interface Part {
  readonly path: RegExp;
  /** Source that replaces the file. */
  readonly contents: string;
}

/** Parts of the SDK that find credentials outside Lambda. */
const credentialChain: readonly Part[] = [
  // On Lambda, the role's credentials are in the environment; there are no profiles, SSO or instance metadata.
  {
    path: /@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/,
    contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
  },
  // There are no configuration files either, which saves two reads at every cold start.
  {
    path: /shared-ini-file-loader\/loadSharedConfigFiles\.js$/,
    contents: `export { CONFIG_PREFIX_SEPARATOR } from './constants';
      export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
];

/** Other parts of the SDK that these functions cannot reach. */
const unreachable: readonly Part[] = [
  // No operation on DynamoDB tables or in SQS streams events.
  { path: /@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/, contents: 'export {};' },
  // Only for DynamoDB's endpoint discovery, which is off.
  { path: /@aws-sdk\/endpoint-cache\/dist-es\/index\.js$/, contents: 'export class EndpointCache {}' },
  // Needed only for retries in adaptive mode, and if no region is set; Lambda sets it.
  { path: /util-retry\/DefaultRateLimiter\.js$/, contents: 'export class DefaultRateLimiter {}' },
  {
    path: /regionConfig\/getInstanceMetadataRegion\.js$/,
    contents: 'export const getInstanceMetadataRegion = async () => undefined;',
  },
  // Node has both natively.
  { path: /checksum\/sha256\/Sha256Js\.js$/, contents: 'export const Sha256Js = undefined;' },
  { path: /checksum\/md5\/Md5Js\.js$/, contents: 'export const Md5Js = undefined;' },
];

/** The table of currencies without names and countries, and without those of two decimals: that is what a missing code has. */
const currencyTable: Part = {
  path: /currency-codes\/index\.js$/,
  contents: `exports.data = ${JSON.stringify(
    currencies.flatMap(({ code, digits }) => (digits === 2 ? [] : [{ code, digits }])),
  )};`,
};

const VersionSchema = v.object({ version: v.string() });

const without = (parts: readonly Part[]): Plugin => ({
  name: 'without-unreachable',
  setup: (bundling) => {
    for (const { path, contents } of parts) {
      bundling.onLoad({ filter: path }, ({ path: file }) => ({ contents, resolveDir: dirname(file) }));
    }
    // A client reads only the version from its manifest.
    bundling.onLoad({ filter: /@aws-sdk\/client-[^/]+\/package\.json$/ }, async ({ path: file }) => ({
      contents: JSON.stringify(v.parse(VersionSchema, JSON.parse(await readFile(file, 'utf8')))),
      loader: 'json',
    }));
  },
});

export interface Bundling {
  /** Keeps the credential chain, for comparison. */
  readonly hasCredentialChain?: boolean;
}

/** Name of the API description in the package of the catalog function, which serves it. */
export const packagedOpenApi = 'openapi.json';

/** Writes `index.js` (handler: `index.handler`) into the folder, and its source map next to the folder, outside the package. */
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
    plugins: [without([...(hasCredentialChain ? [] : credentialChain), ...unreachable, currencyTable])],
  });
  await rename(`${outfile}.map`, `${folder}.js.map`);
  if (name === 'catalog') await copyFile(openApiFile, join(folder, packagedOpenApi));
};
