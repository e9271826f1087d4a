/**
 * Runs the whole of `app/` on simulated ports, many times over, each from a seed that decides everything.
 *
 *     npm run simulate -- --seeds 10000 [--from N]     prints each seed that failed, and seeds a second
 *     npm run simulate -- --seed N --trace             one seed, with everything that happens in it
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';

install();
const { build } = await import('esbuild');

// A folder of its own, since two people may simulate at the same time.
const out = join('.build', 'simulate', String(process.pid));
mkdirSync(out, { recursive: true });
const bundle = join(out, 'simulate.mjs');
try {
  await build({
    entryPoints: ['tests/simulation/command.ts'],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', bundle, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
