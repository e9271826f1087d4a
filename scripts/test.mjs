/**
 * Builds the program and runs every test file in a process of its own.
 *
 *     node scripts/test.mjs [--root DIR] [--compatibility] [word …]     only files whose path holds one of the words
 *
 * A file may declare `// one Node: why` in its first lines: it takes long, and what it shows does not depend on the version of Node.
 * `--compatibility` leaves those out, for the second of two versions.
 *
 * A file counts as passed only if it reported uvu's summary and exited with 0 within its deadline: a test that never settles ends
 * its file early, without one. With PUSHPALS_REQUIRE_ENGINE=1 a skipped test is a failure. Closes with `N passed, N failed`.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { install } from './install.mjs';
import { endAll, runFile } from './test/run-file.mjs';

const DEADLINE_S = 120;
/** They wait for processes, engines and clocks far longer than they compute. */
const AT_ONCE = 2 * availableParallelism();
const SLOWEST = 5;
/** A file’s first characters, which may declare something. */
const DECLARATIONS = 300;
/** What a test has to say though it passed: a line of its own. */
const NOTE = /^note: .*$/gm;

const words = process.argv.slice(2);
const rootAt = words.indexOf('--root');
const root = resolve(rootAt < 0 ? '.' : (words.splice(rootAt, 2)[1] ?? '.'));
const compatibilityAt = words.indexOf('--compatibility');
const compatibility = compatibilityAt >= 0 && words.splice(compatibilityAt, 1).length === 1;
const requireAll = process.env['PUSHPALS_REQUIRE_ENGINE'] === '1';

install();
const { build } = await import('esbuild');
const { buildProgram } = await import('./build.mjs');
if (rootAt < 0) await buildProgram();

const tests = join(root, 'tests');
const files = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && (words.length === 0 || words.some((word) => name.includes(word))))
  .sort()
  .map((name) => ({ name, source: readFileSync(join(tests, name), 'utf8').slice(0, DECLARATIONS) }))
  .filter(({ source }) => !compatibility || !/^\/\/ one Node: ./m.test(source))
  .map(({ name, source }) => ({ name, deadlineS: deadlineOf(source) }))
  // The long ones first, so that none of them runs alone at the end.
  .sort((a, b) => b.deadlineS - a.deadlineS);
if (files.length === 0) {
  console.error(`no test file${words.length === 0 ? '' : ` matches ${words.join(' or ')}`}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

/** A file may declare `// deadline: 300s` in its first lines. @param {string} source */
function deadlineOf(source) {
  const declared = /^\/\/ deadline: (\d+)s$/m.exec(source)?.[1];
  return declared === undefined ? DEADLINE_S : Number(declared);
}

// A folder of its own, since two people may test at the same time.
const out = join(root, '.build', 'tests', String(process.pid));
mkdirSync(out, { recursive: true });
process.once('exit', () => {
  endAll();
  rmSync(out, { recursive: true, force: true });
});
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
await build({
  entryPoints: files.map(({ name }) => join(tests, name)),
  outdir: out,
  outbase: tests,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
});

/** @type {({ name: string } & import('./test/run-file.mjs').Outcome)[]} */
const outcomes = [];
const queue = [...files];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const { name, deadlineS } = file;
      const bundle = join(out, name.replace(/\.ts$/, '.mjs'));
      const outcome = await runFile(bundle, { deadlineMs: deadlineS * 1000, requireAll, cwd: root });
      outcomes.push({ name, ...outcome });
      const skipped = outcome.skipped === 0 ? '' : `, ${outcome.skipped} skipped`;
      const word = outcome.problem === null ? 'ok  ' : 'FAIL';
      console.log(`${word} ${name} (${outcome.passed} passed${skipped}, ${seconds(outcome.ms)})`);
      for (const [note] of outcome.output.matchAll(NOTE)) console.log(`     ${note}`);
      if (outcome.problem !== null) console.log(`${outcome.output}\n     ${name}: ${outcome.problem}\n`);
    }
  }),
);

/** @param {number} ms */
function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
/** @param {'passed' | 'failed' | 'skipped'} key */
const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
const slowest = [...outcomes].sort((a, b) => b.ms - a.ms).slice(0, SLOWEST);
const failing = outcomes.filter(({ problem }) => problem !== null);
console.log(
  `\nslowest: ${slowest.map(({ name, ms }) => `${name} ${seconds(ms)}`).join(', ')}; Node ${process.versions.node}`,
);
for (const { name, problem } of failing) console.log(`FAIL ${name}: ${problem}`);
const skipped = sum('skipped');
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
process.exitCode = failing.length === 0 ? 0 : 1;
