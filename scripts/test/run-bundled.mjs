import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Bundles a script of `tests/` and runs it with the terminal of this process. Answers its exit code.
 * @param {string} source
 * @param {readonly string[]} args
 */
export async function runBundled(source, args) {
  // A folder of its own, since two people may run it at the same time.
  const out = join('.build', 'bundled', String(process.pid));
  mkdirSync(out, { recursive: true });
  const bundle = join(out, 'script.mjs');
  try {
    await build({
      entryPoints: [source],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      sourcemap: 'inline',
      logLevel: 'warning',
    });
    const { status } = spawnSync(process.execPath, ['--enable-source-maps', bundle, ...args], { stdio: 'inherit' });
    return status ?? 1;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
