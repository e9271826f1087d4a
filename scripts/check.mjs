/** `npm run check`: everything that can be said of the code without running it. Prints a line each, and the whole of what failed. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFileProblems } from './check/lock-file.mjs';
import { install } from './install.mjs';

/** Each keeps a core busy. */
const AT_ONCE = 2;

/**
 * What a check says beside its exit code: null, or why it is not to be believed.
 * @typedef {{ name: string, command: readonly [string, ...string[]], doubt?: (output: string) => string | null }} Check
 */

/** @param {string} tool @param {...string} args @returns {readonly [string, ...string[]]} */
const installed = (tool, ...args) => [join('node_modules', '.bin', tool), ...args];

/** The longest first. @type {readonly Check[]} */
const CHECKS = [
  { name: 'lint', command: installed('eslint', '--max-warnings=0', '.') },
  { name: 'types', command: installed('tsc', '-p', '.') },
  { name: 'format', command: installed('prettier', '--check', '--log-level=warn', '.') },
  {
    name: 'floors and cycles',
    command: installed('depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', 'runner'),
    // Without a parser for TypeScript it sees nothing, and finds nothing wrong with that.
    doubt: (output) => {
      const [, modules = '0', dependencies = '0'] =
        /(\d+) modules, (\d+) dependencies cruised/.exec(output) ?? /** @type {string[]} */ ([]);
      return Number(modules) > 0 && Number(dependencies) > 0 ? null : 'no module with a dependency was looked at';
    },
  },
  { name: 'generated files', command: [process.execPath, 'scripts/generate.mjs', '--check'] },
  { name: 'unused code', command: installed('knip') },
  { name: 'package', command: [process.execPath, 'scripts/check/package.mjs'] },
];

/** @param {string} name @param {number} started @param {string | null} problem What to show of a failure. */
function report(name, started, problem) {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${problem === null ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (problem !== null) console.log(`${problem.trimEnd()}\n`);
  return problem === null;
}

/** @param {Check} check @returns {Promise<boolean>} */
function run({ name, command: [program, ...args], doubt }) {
  const started = performance.now();
  return new Promise((settle, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const why = code === 0 ? (doubt?.(output) ?? null) : `${name} ended with ${code ?? signal}`;
      settle(report(name, started, why === null ? null : `${output}\n${why}`));
    });
  });
}

function lockFileIsWhole() {
  const started = performance.now();
  const problems = lockFileProblems(readFileSync('package-lock.json', 'utf8'));
  return report('lock file', started, problems.length === 0 ? null : problems.slice(0, 20).join('\n'));
}

install();
const results = [lockFileIsWhole()];
const queue = [...CHECKS];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results.push(await run(next));
  }),
);
process.exitCode = results.every(Boolean) ? 0 : 1;
