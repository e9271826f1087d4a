import { STEPS, image, stepsProject } from '../engine.mjs';
import { median, run } from '../measure.mjs';

export const name = '10 run steps in docker, whole tick';
export const against = 'ten `docker run --rm` of the same';
export const budget = 0.5;

/** @param {{ times: number }} options */
export function measure({ times }) {
  const from = image();
  if (from === null) return { skipped: 'no engine with an image answers' };
  const { order, tick } = stepsProject(from, 'chain', 'true');
  /** @type {[number[], number[]]} */
  const taken = [[], []];
  for (let round = 0; round <= times; round += 1) {
    order();
    let started = performance.now();
    tick();
    if (round > 0) taken[0].push(performance.now() - started);
    started = performance.now();
    for (let step = 0; step < STEPS; step += 1) run(['docker', 'run', '--rm', '--network', 'none', from, 'true'], '/');
    if (round > 0) taken[1].push(performance.now() - started);
  }
  const [ours, theirs] = [median(taken[0]), median(taken[1])];
  return { ours, theirs, ratio: ours / theirs };
}
