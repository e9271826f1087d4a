/** Bundles the program into `dist/`: one entry, one chunk a command, and the expression evaluator apart. */
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  legalComments: 'none',
  define: { PUSHPALS_VERSION: JSON.stringify(version) },
  // Optional speed-ups of ssh2, which the engine client carries and we do not use.
  external: ['cpu-features', '*.node'],
};

rmSync('dist', { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: { pushpals: 'runner/main.ts' },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    banner: {
      js: `${'#!/usr/bin/env node'}\nimport { createRequire as pushpalsRequire } from 'node:module'; import { fileURLToPath as pushpalsPath } from 'node:url'; import { dirname as pushpalsDirname } from 'node:path'; const require = pushpalsRequire(import.meta.url); const __filename = pushpalsPath(import.meta.url); const __dirname = pushpalsDirname(__filename);`,
    },
  }),
  // Loaded by `require` in the middle of a decision, which is synchronous.
  build({
    ...common,
    entryPoints: { cel: 'runner/adapters/cel.ts' },
    outdir: 'dist',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  }),
]);
chmodSync('dist/pushpals.js', 0o755);
