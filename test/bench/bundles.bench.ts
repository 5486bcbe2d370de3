// Size and import time of each function's bundle: CJS, minified, SDK inside, as it would be uploaded.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface BundleRow {
  readonly function: string;
  readonly kilobytes: number;
  /** Milliseconds of require in a fresh process, median; an empty process is subtracted. */
  readonly importMs: number;
}

const functions = ['ingest', 'processor', 'query', 'catalog'] as const;
const runs = 7;

const timeRequire = (file: string): number => {
  const script = `const t=performance.now();require(${JSON.stringify(file)});process.stdout.write(String(performance.now()-t))`;
  const times = Array.from({ length: runs }, () => Number(execFileSync(process.execPath, ['-e', script])));
  return times.sort((a, b) => a - b)[runs >> 1] ?? Number.NaN;
};

export const bundles = async (): Promise<BundleRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-bundles-'));
  try {
    const rows: BundleRow[] = [];
    for (const name of functions) {
      const outfile = join(folder, `${name}.cjs`);
      await build({
        entryPoints: [new URL(`../../functions/${name}/handler.ts`, import.meta.url).pathname],
        outfile,
        bundle: true,
        minify: true,
        platform: 'node',
        target: 'node24',
        format: 'cjs',
        mainFields: ['module', 'main'],
        logLevel: 'error',
      });
      rows.push({ function: name, kilobytes: statSync(outfile).size / 1000, importMs: timeRequire(outfile) });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
};
