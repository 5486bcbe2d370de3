// The API key of the local system: chosen by the user, or made once and kept beside the data it opens.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newSecret } from '../../functions/catalog/new-api-key.ts';

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Without a folder every start has another key: a fixed one would let any web page in. */
export const localKey = async (folder: string | undefined): Promise<string> => {
  const secret = newSecret('private_key');
  if (folder === undefined) return secret;
  const file = join(folder, 'api-key');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (!isAbsent(error)) throw error;
    await writeFile(file, `${secret}\n`, { mode: 0o600 });
    return secret;
  }
};
