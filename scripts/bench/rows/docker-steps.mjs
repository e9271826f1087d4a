import { STEPS, image, stepsProject } from '../engine.mjs';
import { median, run } from '../measure.mjs';

export const name = '10 run steps in docker, whole tick';
export const against = 'ten `docker run --rm` of the same, as closed in';
export const budget = 0.5;

// What each of our containers has: a bare one isolates nothing but the network.
const FLAGS = [
  ...['--network=none', '--cap-drop=ALL', '--security-opt=no-new-privileges', '--read-only', '--user=61347:61347'],
  ...['--memory=2g', '--memory-swap=2g', '--cpus=2', '--pids-limit=256', '--log-driver=none', '--workdir=/workspace'],
  ...['--tmpfs=/tmp:rw,nosuid,nodev,exec,size=1g', '--tmpfs=/home/agent:rw,nosuid,nodev,exec,size=1g'],
];

/** @param {{ times: number }} options */
export function measure({ times }) {
  const from = image();
  if (from === null) return { skipped: 'no engine with an image answers' };
  const { order, tick, dir } = stepsProject(from, 'chain', 'true');
  /** @param {readonly string[]} flags */
  const docker = (flags) => {
    const started = performance.now();
    for (let step = 0; step < STEPS; step += 1)
      run(['docker', 'run', '--rm', ...flags, from, '/bin/sh', '-c', 'true'], '/');
    return performance.now() - started;
  };
  /** @type {[number[], number[], number[]]} */
  const taken = [[], [], []];
  for (let round = 0; round <= times; round += 1) {
    order();
    const started = performance.now();
    tick();
    const ours = performance.now() - started;
    const theirs = docker([...FLAGS, `--volume=${dir}:/workspace`]);
    const bare = docker(['--network=none']);
    if (round > 0) [ours, theirs, bare].forEach((each, index) => taken[index]?.push(each));
  }
  const [ours, theirs, bare] = [median(taken[0]), median(taken[1]), median(taken[2])];
  return { ours, theirs, ratio: ours / theirs, note: `${(ours / bare).toFixed(2)} of ten bare ones` };
}
