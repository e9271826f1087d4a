import { availableParallelism, tmpdir } from 'node:os';
import { image, stepsProject } from '../engine.mjs';
import { median, run } from '../measure.mjs';
import { gitlabCiLocal, jobs } from '../peer.mjs';
import { repository } from '../repository.mjs';

export const name = '10 docker steps, in parallel';
export const against = '10 docker jobs in gitlab-ci-local, in parallel';
export const budget = 0.2;

/** @param {{ times: number }} options */
export function measure({ times }) {
  const from = image();
  if (from === null) return { skipped: 'no engine with an image answers' };
  const { program, why } = gitlabCiLocal();
  if (program === null) return { skipped: why };
  const { order, tick } = stepsProject(from, 'independent', 'true', availableParallelism());
  const dir = repository({ '.gitlab-ci.yml': jobs(from, false) }, tmpdir());
  const rounds = Math.min(times, 3);
  /** @type {[number[], number[]]} */
  const taken = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    order();
    let started = performance.now();
    tick();
    if (round > 0) taken[0].push(performance.now() - started);
    started = performance.now();
    run([program, '--pull-policy', 'if-not-present', '--helper-image', from, '--needs'], dir);
    if (round > 0) taken[1].push(performance.now() - started);
  }
  const [ours, theirs] = [median(taken[0]), median(taken[1])];
  return { ours, theirs, ratio: ours / theirs, note: `${rounds} rounds` };
}
