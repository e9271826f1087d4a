/**
 * Bundles the program into `dist/`: one entry, one chunk a command, and the expression evaluator apart. A program that runs
 * meanwhile finds its files: new ones are moved into place whole, and old chunks go last.
 */
import { chmodSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { leftOut } from './build/left-out.mjs';
import { grouped } from './build/grouped.mjs';
import { notices } from './build/notices.mjs';

const OUT = 'dist';
const NOTICES = 'THIRD-PARTY-NOTICES.txt';
/** How long chunks of an earlier build stay, for programs that run and builds that overlap. */
const KEPT_MS = 60_000;

/** What CommonJS packages expect to find, and a module does not have. Only for the chunks that name it: it costs each a while. */
const COMMONJS = `import { createRequire as pushpalsRequire } from 'node:module';
import { fileURLToPath as pushpalsPath } from 'node:url';
import { dirname as pushpalsDirname } from 'node:path';
const require = pushpalsRequire(import.meta.url);
const __filename = pushpalsPath(import.meta.url);
const __dirname = pushpalsDirname(__filename);
`;

/** @returns {{ write: false } & import('esbuild').BuildOptions} */
const common = () => ({
  write: false,
  metafile: true,
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  // The notices of what is bundled come whole, in a file of their own.
  legalComments: 'none',
  minifyWhitespace: true,
  minifySyntax: true,
  define: { PUSHPALS_VERSION: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
  plugins: [leftOut, grouped],
});

/** Builds the program in the repository that is the working directory. Chunks of an earlier build that are younger than `keepMs` stay. */
export async function buildProgram({ keepMs = KEPT_MS } = {}) {
  const built = await Promise.all([
    build({
      ...common(),
      entryPoints: { pushpals: 'runner/main.ts' },
      outdir: OUT,
      format: 'esm',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
    }),
    // Loaded by `require` in the middle of a decision, which is synchronous, or as a thread.
    build({
      ...common(),
      entryPoints: {
        'cel-check': 'runner/adapters/cel-check.ts',
        'cel-evaluate': 'runner/adapters/cel-evaluate.ts',
        'secret-scan': 'runner/adapters/secret-scan/worker.ts',
      },
      // Little of it is ours, and a third of the time that it takes to load is spent on reading it.
      minifyIdentifiers: true,
      outdir: OUT,
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
    }),
  ]);
  const files = built.flatMap(({ outputFiles }) =>
    outputFiles.map(({ path, text }) => ({ path, contents: Buffer.from(headOf(path, text) + text) })),
  );
  // The entry names its chunks, so it comes after them.
  const isEntry = (/** @type {string} */ path) => dirname(path) === resolve(OUT);
  for (const { path, contents } of files.sort((a, b) => Number(isEntry(a.path)) - Number(isEntry(b.path))))
    place(path, contents);
  place(join(OUT, NOTICES), Buffer.from(notices(built.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {})))));
  const wanted = new Set([NOTICES, ...files.map(({ path }) => relative(resolve(OUT), path))]);
  for (const name of readdirSync(OUT, { recursive: true, encoding: 'utf8' })) {
    const stat = statSync(join(OUT, name), { throwIfNoEntry: false });
    if (stat?.isFile() === true && !wanted.has(name) && Date.now() - stat.mtimeMs >= keepMs)
      rmSync(join(OUT, name), { force: true });
  }
}

/** @param {string} path @param {string} text */
function headOf(path, text) {
  if (path.endsWith('.cjs')) return '';
  const shebang = dirname(path) === resolve(OUT) ? '#!/usr/bin/env node\n' : '';
  return shebang + (/\btypeof require\b|\b__(dirname|filename)\b/.test(text) ? COMMONJS : '');
}

/** @param {string} path @param {Uint8Array} contents */
function place(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  const written = `${path}.${process.pid}`;
  writeFileSync(written, contents);
  if (path.endsWith('pushpals.js')) chmodSync(written, 0o755);
  renameSync(written, path);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await buildProgram(process.argv.includes('--clean') ? { keepMs: 0 } : {});
