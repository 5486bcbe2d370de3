// The folder of a local system: what is in it is for its owner alone, also what libraries make there, or an earlier version made.
import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Of trouble with files: `ENOENT`. */
export const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/** From now on files and folders that this process makes are for its owner alone. Answers what undoes it. */
export const makeFilesPrivate = (): (() => Promise<void>) => {
  const before = process.umask(0o077);
  return () => {
    process.umask(before);
    return Promise.resolve();
  };
};

/** Not recursive: in /proc and the like Node's recursive mkdir never ends. */
const makeFolder = async (path: string): Promise<void> => {
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
};

const closeToOthers = async (path: string, mode: number): Promise<void> => {
  try {
    if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, mode);
  } catch (error) {
    // Databases remove files of their own.
    if (!hasCode(error, 'ENOENT')) throw error;
  }
};

const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(folder, name));

/** Makes the folder if it is not there, and answers that of its table. A folder that was there before keeps its own mode. */
export const openDataFolder = async (folder: string): Promise<string> => {
  const tableFolder = join(folder, 'table');
  await makeFolder(folder);
  await makeFolder(tableFolder);
  await closeToOthers(tableFolder, 0o700);
  const ours = (await filesIn(folder)).filter((path) => /[/\\](api-key|queue\.sqlite)[^/\\]*$/.test(path));
  for (const path of [...ours, ...(await filesIn(tableFolder))]) await closeToOthers(path, 0o600);
  return tableFolder;
};
