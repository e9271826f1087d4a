import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** @typedef {{ name: string, against: string, budget: number, ratio?: number, ours?: number, theirs?: number, note?: string, skipped?: string }} Measured */

/** The program as people run it. */
export const PROGRAM = [process.execPath, resolve('dist/pushpals.js')];

/** Neither a person's settings of git nor a terminal's. @type {NodeJS.ProcessEnv} */
export const ENV = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  NO_COLOR: '1',
};

/** @param {readonly number[]} values */
export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/**
 * Times two things in turns, so that whatever else the machine does falls on both; the first round warms up and does not count.
 * @param {number} times
 * @param {() => unknown} ours
 * @param {() => unknown} theirs
 * @returns {Promise<{ ours: number, theirs: number, ratio: number }>} medians in milliseconds
 */
export async function inTurns(times, ours, theirs) {
  /** @type {[number[], number[]]} */
  const taken = [[], []];
  for (let round = 0; round <= times; round += 1) {
    for (const [index, run] of [ours, theirs].entries()) {
      const started = performance.now();
      await run();
      if (round > 0) taken[index === 0 ? 0 : 1].push(performance.now() - started);
    }
  }
  const [a, b] = [median(taken[0]), median(taken[1])];
  return { ours: a, theirs: b, ratio: a / b };
}

/**
 * Runs a command to its end; one that fails ends the row.
 * @param {readonly string[]} command @param {string} cwd @param {{ input?: string, env?: NodeJS.ProcessEnv, expected?: readonly number[] }} [options]
 */
export function run([program = '', ...args], cwd, { input, env = ENV, expected = [0] } = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    ...(input === undefined ? {} : { input }),
  });
  if (error !== undefined) throw error;
  if (status === null || !expected.includes(status))
    throw new Error(`${program} ${args.join(' ')} ended with ${status}\n${stdout.slice(-2000)}${stderr.slice(-2000)}`);
  return stdout;
}

/** @param {string} cwd @param {...string} args */
export const git = (cwd, ...args) => run(['git', ...args], cwd);

/**
 * Runs the program and answers the most memory that it held, in megabytes.
 * @param {string} cwd @param {...string} args
 */
export function peakMemory(cwd, ...args) {
  const file = join(cwd, '.git', 'peak');
  const code = `process.on('exit',()=>require('node:fs').writeFileSync(${JSON.stringify(file)},String(process.resourceUsage().maxRSS)))`;
  run(
    [
      ...PROGRAM.slice(0, 1),
      '--import',
      `data:text/javascript,import{createRequire}from'node:module';const require=createRequire('/');${code}`,
      ...PROGRAM.slice(1),
      ...args,
    ],
    cwd,
    { expected: [0, 2, 3] },
  );
  const megabytes = Number(readFileSync(file, 'utf8')) / 1024;
  rmSync(file);
  return megabytes;
}

/** Feeds a stream to a command. @param {readonly string[]} command @param {string} cwd @param {Iterable<string>} chunks @returns {Promise<void>} */
export function feed([program = '', ...args], cwd, chunks) {
  return new Promise((settle, reject) => {
    const child = spawn(program, args, { cwd, env: ENV, stdio: ['pipe', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? settle() : reject(new Error(`${program} ended with ${code}`))));
    const source = chunks[Symbol.iterator]();
    const more = () => {
      for (let next = source.next(); ; next = source.next()) {
        if (next.done === true) {
          child.stdin.end();
          return;
        }
        if (!child.stdin.write(next.value)) break;
      }
      child.stdin.once('drain', more);
    };
    more();
  });
}
