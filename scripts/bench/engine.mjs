import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { PROGRAM, run } from './measure.mjs';
import { project } from './repository.mjs';

const IMAGES = ['pushpals-test:1', 'busybox', 'alpine', 'debian', 'node:22-bookworm'];

/** An image that a local engine has; null where there is none. */
export const image = () =>
  IMAGES.find((name) => spawnSync('docker', ['image', 'inspect', name], { stdio: 'ignore' }).status === 0) ?? null;

export const STEPS = 10;

/**
 * A project in docker whose orders have ten steps.
 * @param {string} from the image @param {'chain' | 'independent'} shape @param {string} script @param {number} parallel
 */
export function stepsProject(from, shape, script, parallel = 4) {
  const steps = Array.from({ length: STEPS }, (_, index) => {
    const needs = shape === 'chain' && index > 0 ? `, needs: [s${index - 1}]` : '';
    return `  - { id: s${index}, run: "${script}"${needs} }`;
  });
  // Not in memory: an engine may not see that file system.
  const dir = project({
    root: tmpdir(),
    sandbox: `{ driver: docker, image: "${from}" }`,
    parallel,
    formulas: { ten: `formula: ten\nversion: 1\nsteps:\n${steps.join('\n')}\n` },
  });
  let count = 0;
  return {
    dir,
    order: () => {
      count += 1;
      run(
        [...PROGRAM, 'order', 'new', `Run ten steps, number ${count}`, '--formula', 'ten', '--name', `o${count}`],
        dir,
      );
    },
    tick: () => run([...PROGRAM, 'tick'], dir),
  };
}
