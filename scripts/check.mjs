/** `npm run check`: everything that can be said of the code without running it. Prints a line each, and the whole of what failed. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { install } from './install.mjs';

install();

/** @type {readonly (readonly [string, readonly string[]])[]} */
const CHECKS = [
  ['types', ['npx', 'tsc', '-p', '.']],
  ['lint', ['npx', 'eslint', '--max-warnings=0', '.']],
  ['format', ['npx', 'prettier', '--check', '--log-level=warn', '.']],
  ['floors and cycles', ['npx', 'depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'runner']],
  ['generated files', ['node', 'scripts/generate.mjs', '--check']],
  ['unused code', ['npx', 'knip']],
];

/** @param {string} name @param {readonly string[]} command @returns {Promise<boolean>} */
function check(name, [program = '', ...args]) {
  const started = performance.now();
  return new Promise((settle) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('close', (code) => {
      const looked = name !== 'floors and cycles' || Number(/(\d+) modules/.exec(output)?.[1] ?? 0) > 0;
      const passed = code === 0 && looked;
      console.log(`${passed ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
      if (!passed) console.log(looked ? output : `${output}\nno module was looked at`);
      settle(passed);
    });
  });
}

/** The lock file must install from whatever registry a machine is set up with. */
function lockFileIsPortable() {
  const lock = readFileSync('package-lock.json', 'utf8');
  const passed = !lock.includes('"resolved"') && !/https?:\/\/[^"]*registry/.test(lock);
  console.log(`${passed ? 'ok  ' : 'FAIL'} lock file names no registry`);
  return passed;
}

// Two at once: each of them keeps a core busy.
const results = [lockFileIsPortable()];
const queue = [...CHECKS];
await Promise.all(
  [0, 1].map(async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results.push(await check(...next));
  }),
);
process.exitCode = results.every(Boolean) ? 0 : 1;
