/**
 * Builds the program and runs every test file in a process of its own.
 *
 *     node scripts/test.mjs [--root DIR] [word …]     only files whose path holds one of the words
 *
 * A file counts as passed only if it reported uvu's summary and exited with 0 within its deadline: a test that never settles ends
 * its file early, without one. With PUSHPALS_REQUIRE_ENGINE=1 a skipped test is a failure. Closes with `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { install } from './install.mjs';

const DEADLINE_MS = 120_000;
const AT_ONCE = 2;

const words = process.argv.slice(2);
const rootAt = words.indexOf('--root');
const root = rootAt < 0 ? '.' : (words.splice(rootAt, 2)[1] ?? '.');
const requireAll = process.env['PUSHPALS_REQUIRE_ENGINE'] === '1';

install();
const { build } = await import('esbuild');
if (root === '.') await import('./build.mjs');

const files = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && (words.length === 0 || words.some((word) => name.includes(word))))
  .sort();
if (files.length === 0) {
  console.error('no test file matches');
  process.exit(1);
}
const out = resolve(root, '.build', 'tests');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  entryPoints: files.map((name) => join(root, 'tests', name)),
  outdir: out,
  outbase: join(root, 'tests'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
});

/** @typedef {{ name: string, passed: number, failed: number, skipped: number, ms: number, problem: string | null, output: string }} Outcome */

/** @param {string} name @returns {Promise<Outcome>} */
function runFile(name) {
  const declared = /^\/\/ deadline: (\d+)s$/m.exec(readFileSync(join(root, 'tests', name), 'utf8').slice(0, 300))?.[1];
  const deadline = declared === undefined ? DEADLINE_MS : Number(declared) * 1000;
  const started = performance.now();
  return new Promise((settle) => {
    // A group of its own, so that what a test leaves running ends with it.
    const child = spawn(process.execPath, ['--enable-source-maps', join(out, name.replace(/\.ts$/, '.mjs'))], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let late = false;
    const end = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
    };
    const timer = setTimeout(() => {
      late = true;
      end();
    }, deadline);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('exit', end);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const count = (/** @type {string} */ word) =>
        Number(new RegExp(`^\\s*${word}:\\s+(\\d+)`, 'm').exec(output)?.[1] ?? Number.NaN);
      const [total, passed, skipped] = [count('Total'), count('Passed'), count('Skipped')];
      const reported = Number.isFinite(total) && Number.isFinite(passed);
      const problem = late
        ? `it took longer than ${deadline / 1000} s`
        : !reported
          ? `it ended without a report (exit code ${code}, signal ${signal})`
          : total === 0
            ? 'it holds no test'
            : code !== 0
              ? `exit code ${code}`
              : requireAll && skipped > 0
                ? `${skipped} tests were skipped, and PUSHPALS_REQUIRE_ENGINE asks for all`
                : null;
      const failed = reported ? total - passed : 0;
      settle({
        name,
        passed: reported ? passed : 0,
        skipped: reported ? skipped : 0,
        failed: problem !== null && failed === 0 ? 1 : failed,
        ms: performance.now() - started,
        problem,
        output,
      });
    });
  });
}

/** @type {Outcome[]} */
const outcomes = [];
const queue = [...files];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const outcome = await runFile(name);
      outcomes.push(outcome);
      console.log(
        `${outcome.problem === null ? 'ok  ' : 'FAIL'} ${name} (${outcome.passed} tests${outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : ''}, ${(outcome.ms / 1000).toFixed(1)} s)`,
      );
      if (outcome.problem !== null) console.log(`${outcome.output}\n     ${name}: ${outcome.problem}`);
    }
  }),
);
const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
  outcomes.reduce((total, outcome) => total + outcome[key], 0);
const slowest = [...outcomes]
  .sort((a, b) => b.ms - a.ms)
  .slice(0, 3)
  .map(({ name, ms }) => `${name} ${(ms / 1000).toFixed(1)} s`);
console.log(`slowest: ${slowest.join(', ')}; Node ${process.versions.node}`);
console.log(
  `${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`,
);
process.exitCode = outcomes.some(({ problem, failed }) => problem !== null || failed > 0) ? 1 : 0;
