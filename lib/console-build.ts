// Builds the web console with Vite, if what it is built from has changed since.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const source = join(root, 'console');
/** The build. */
export const consoleFolder = join(source, 'dist');
/** Working folder of this repository, which is not committed. */
const scratch = join(root, '.tollgate');
/** File in the build with the hash of its sources; it is not part of the site. */
export const consoleStamp = '.sources';

const sources = ['console', 'shared/api', 'shared/domain', 'package-lock.json'] as const;
/** Folders that are not sources. */
const leftOut = /^(dist|node_modules)([/\\]|$)/;

const filesOf = async (path: string): Promise<readonly string[]> => {
  if (path.endsWith('.json')) return [path];
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !leftOut.test(file.slice(path.length + 1)));
};

/** Returns a hash of everything that the build depends on. */
const hashOfSources = async (): Promise<string> => {
  const hash = createHash('sha256');
  for (const file of (await Promise.all(sources.map(filesOf))).flat().sort()) {
    hash
      .update(file)
      .update('\0')
      .update(await readFile(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
};

/** Moves a new build into place. Another process may do the same at the same time, with an equal build. */
const replace = async (folder: string, built: string): Promise<void> => {
  const old = `${built}-old`;
  try {
    if (existsSync(folder)) await rename(folder, old);
    await rename(built, folder);
  } catch (error) {
    if (!existsSync(join(folder, 'index.html'))) throw error;
  } finally {
    for (const left of [old, built]) await rm(left, { recursive: true, force: true });
  }
};

interface BuildOptions {
  /** Folder of the build. */
  readonly folder?: string;
  /** Called before a build. */
  readonly onBuild?: () => void;
}

/** Builds the console unless its build is of these sources. Rejects if the build fails. */
export const buildConsole = async ({ folder = consoleFolder, onBuild }: BuildOptions = {}): Promise<void> => {
  const hash = await hashOfSources();
  const known = await readFile(join(folder, consoleStamp), 'utf8').catch(() => '');
  if (known === hash && existsSync(join(folder, 'index.html'))) return;
  onBuild?.();
  const { build } = await import('vite');
  const outDir = join(scratch, `console-${String(process.pid)}`);
  await mkdir(scratch, { recursive: true });
  await build({
    root: source,
    configFile: join(source, 'vite.config.ts'),
    configLoader: 'native',
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  });
  await writeFile(join(outDir, consoleStamp), hash);
  await replace(folder, outDir);
};
