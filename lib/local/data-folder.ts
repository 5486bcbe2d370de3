// Opens the data folder of a local system and makes its files private to the owner, including those of libraries and of earlier versions.
import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Returns whether a file error has this code, such as `ENOENT`. */
export const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/** Makes files and folders that this process creates from now on private to the owner. Returns a function that undoes it. */
export const makeFilesPrivate = (): (() => Promise<void>) => {
  const before = process.umask(0o077);
  return () => {
    process.umask(before);
    return Promise.resolve();
  };
};

/** Creates a folder, not recursively: in /proc and similar places Node's recursive mkdir never ends. */
const makeFolder = async (path: string): Promise<void> => {
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
};

const closeToOthers = async (path: string, mode: number): Promise<void> => {
  try {
    if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, mode);
  } catch (error) {
    // Databases remove their own files.
    if (!hasCode(error, 'ENOENT')) throw error;
  }
};

const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(folder, name));

/** Creates the folder if it does not exist, and returns the folder of the table. An existing folder keeps its mode. */
export const openDataFolder = async (folder: string): Promise<string> => {
  const tableFolder = join(folder, 'table');
  await makeFolder(folder);
  await makeFolder(tableFolder);
  await closeToOthers(tableFolder, 0o700);
  const ours = (await filesIn(folder)).filter((path) => /[/\\](api-key|queue\.sqlite)[^/\\]*$/.test(path));
  for (const path of [...ours, ...(await filesIn(tableFolder))]) await closeToOthers(path, 0o600);
  return tableFolder;
};
