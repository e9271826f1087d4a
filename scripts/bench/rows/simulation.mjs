import { spawnSync } from 'node:child_process';

export const name = 'deterministic simulation, seeds that fail';
export const against = 'how many were run; none may fail';
export const budget = 0;

/** @param {{ quick: boolean }} options */
export function measure({ quick }) {
  const seeds = quick ? 100 : 10_000;
  const { stdout } = spawnSync(process.execPath, ['scripts/simulate.mjs', '--seeds', String(seeds)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  const [, ran = '0', failed = '', rest = ''] = /^(\d+) seeds, (\d+) failed; (.*)$/m.exec(stdout) ?? [];
  if (Number(ran) !== seeds || failed === '') throw new Error(`the simulation did not end: ${stdout.slice(-500)}`);
  const lines = stdout.split('\n').filter((line) => line.includes('FAILED'));
  return {
    ratio: Number(failed) / seeds,
    note: [`${ran} seeds, ${failed} failed; ${rest}`, ...lines.slice(0, 5)].join('; '),
  };
}
