import { image, stepsProject } from '../engine.mjs';
import { median } from '../measure.mjs';

export const name = '10 independent docker steps, 4 at once';
export const against = 'the same in sequence';
export const budget = 0.4;

/** @param {{ times: number }} options */
export function measure({ times }) {
  const from = image();
  if (from === null) return { skipped: 'no engine with an image answers' };
  // Steps that wait, as real ones do for a disk or a network: two processors are not four.
  const [wide, narrow] = [
    stepsProject(from, 'independent', 'sleep 1', 4),
    stepsProject(from, 'independent', 'sleep 1', 1),
  ];
  const rounds = Math.min(times, 3);
  /** @type {[number[], number[]]} */
  const taken = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { order, tick }] of [wide, narrow].entries()) {
      order();
      const started = performance.now();
      tick();
      taken[index === 0 ? 0 : 1].push(performance.now() - started);
    }
  }
  const [ours, theirs] = [median(taken[0]), median(taken[1])];
  return { ours, theirs, ratio: ours / theirs, note: `steps of a second; ${rounds} rounds, no warm-up` };
}
