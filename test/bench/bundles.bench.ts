// Size and import time of each function's bundle, as it is uploaded and with the whole credential chain.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunction } from '../../lib/function-bundle.ts';
import { maxBundleBytes } from '../support/bundle-bounds.ts';
import { functionNames } from '../../shared/config.ts';

export interface BundleRow {
  readonly function: string;
  readonly maxKilobytes: number;
  /** Kilobytes of 1,000 bytes. */
  readonly kilobytes: number;
  readonly kilobytesWithChain: number;
  /** Milliseconds of require in a fresh process, median. */
  readonly importMs: number;
  readonly importMsWithChain: number;
}

const runs = 7;

const timeRequire = (file: string): number => {
  const script = `const t=performance.now();require(${JSON.stringify(file)});process.stdout.write(String(performance.now()-t))`;
  const times = Array.from({ length: runs }, () => Number(execFileSync(process.execPath, ['-e', script])));
  return times.sort((a, b) => a - b)[runs >> 1] ?? Number.NaN;
};

const measure = (folder: string): { readonly kilobytes: number; readonly importMs: number } => {
  const file = join(folder, 'index.js');
  return { kilobytes: statSync(file).size / 1000, importMs: timeRequire(file) };
};

export const bundles = async (): Promise<BundleRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-bundles-'));
  try {
    const rows: BundleRow[] = [];
    for (const name of functionNames) {
      const [uploaded, compared] = [join(folder, name), join(folder, `${name}-with-chain`)];
      await bundleFunction(name, uploaded);
      await bundleFunction(name, compared, { hasCredentialChain: true });
      const { kilobytes, importMs } = measure(uploaded);
      const withChain = measure(compared);
      rows.push({
        function: name,
        maxKilobytes: maxBundleBytes[name] / 1000,
        kilobytes,
        kilobytesWithChain: withChain.kilobytes,
        importMs,
        importMsWithChain: withChain.importMs,
      });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
};
