import { join } from 'node:path';
import { PROGRAM, median, peakMemory, run } from '../measure.mjs';
import { project, write } from '../repository.mjs';

export const name = 'accept 10,000 orders in one tick';
export const against = 'accept 1,000; peak memory at most 350 MB';
export const budget = 12;

/** The policy lets none of them start, so that nothing but taking them in is measured. @param {number} orders */
function inbox(orders) {
  const dir = project();
  write(dir, { 'ops/PAUSE': '' });
  write(
    join(dir, 'ops'),
    Object.fromEntries(
      Array.from({ length: orders }, (_, index) => [
        `inbox/o${index}.yml`,
        `goal: Order ${index}\nformula: lint-fixer\n`,
      ]),
    ),
  );
  run(['git', 'add', 'PAUSE'], join(dir, 'ops'));
  run(['git', 'commit', '-q', '-m', 'pause'], join(dir, 'ops'));
  return dir;
}

/** @param {{ quick: boolean }} options */
export function measure({ quick }) {
  const [many, few] = quick ? [1000, 100] : [10_000, 1000];
  /** @param {number} orders */
  const time = (orders) => {
    const dir = inbox(orders);
    const started = performance.now();
    run([...PROGRAM, 'tick'], dir, { expected: [0, 2, 3] });
    return performance.now() - started;
  };
  const theirs = median([time(few), time(few), time(few)]);
  const ours = time(many);
  const memory = peakMemory(inbox(many), 'tick');
  return {
    ours,
    theirs,
    ratio: ours / theirs,
    note: `${many} against ${few}; peak ${memory.toFixed(0)} MB${memory > 350 ? ', OVER 350 MB' : ''}; one run of the larger`,
  };
}
