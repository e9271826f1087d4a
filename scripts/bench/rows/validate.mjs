import { PROGRAM, inTurns, run } from '../measure.mjs';
import { gitlabCiLocal, jobs } from '../peer.mjs';
import { project, repository } from '../repository.mjs';

export const name = 'validate a project with 20 formulas';
export const against = '`gitlab-ci-local --list` of 10 jobs';
export const budget = 0.3;

/** @param {{ times: number }} options */
export function measure({ times }) {
  const { program, why } = gitlabCiLocal();
  if (program === null) return { skipped: why };
  const formulas = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      `f${index}`,
      `formula: f${index}\nversion: 1\nsteps:\n  - { id: a, run: "true" }\n  - { id: b, check: "true", needs: [a], when: size(changes.paths) > 0 }\n  - { id: ship, ship: {}, needs: [b] }\n`,
    ]),
  );
  const ours = project({ formulas });
  const theirs = repository({ '.gitlab-ci.yml': jobs('busybox', false) });
  return inTurns(
    times,
    () => run([...PROGRAM, 'validate'], ours),
    () => run([program, '--list'], theirs),
  );
}
