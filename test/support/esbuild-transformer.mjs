// Jest transformer: TypeScript to ESM by esbuild, one file at a time, with inline source maps.
import { createHash } from 'node:crypto';
import { transformSync, version } from 'esbuild';

const options = { loader: 'ts', format: 'esm', target: 'node24', sourcemap: 'inline' };

export default {
  getCacheKey: (source, path) => createHash('sha256').update(`${version}\0${path}\0${source}`).digest('hex'),
  process: (source, path) => {
    const { code } = transformSync(source, { ...options, sourcefile: path });
    return { code };
  },
};
