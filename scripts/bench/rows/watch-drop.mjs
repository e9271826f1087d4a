import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../measure.mjs';
import { folder, project, write } from '../repository.mjs';
import { startWatch, until } from '../watch.mjs';

export const name = 'file dropped → first step starts, `watch`';
export const against = '300 ms in which the file settles, and 300 ms more';
export const budget = 1;

/** The time in which a file has to be left alone before it is read, and what may come on top of it. */
const THEIRS_MS = 600;

/** @param {{ times: number }} options */
export async function measure({ times }) {
  const mark = join(folder(), 'started');
  const formulas = { mark: `formula: mark\nversion: 1\nsteps: [{ id: a, run: ": > '${mark}'" }]\n` };
  const dir = project({ formulas });
  const watch = await startWatch(dir);
  /** @type {number[]} */
  const taken = [];
  for (let round = 0; round <= times; round += 1) {
    rmSync(mark, { force: true });
    await watch.isQuiet();
    const dropped = performance.now();
    write(dir, { [`ops/inbox/o${round}.yml`]: `goal: Order ${round}\nformula: mark\n` });
    await until(() => existsSync(mark));
    if (round > 0) taken.push(performance.now() - dropped);
  }
  await watch.end();
  const ours = median(taken);
  return {
    ours,
    theirs: THEIRS_MS,
    ratio: ours / THEIRS_MS,
    note: `at most ${Math.max(...taken).toFixed(0)} ms; host driver`,
  };
}
