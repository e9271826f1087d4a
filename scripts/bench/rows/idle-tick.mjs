import { PROGRAM, inTurns, run } from '../measure.mjs';
import { project } from '../repository.mjs';

export const name = 'idle tick, whole process';
export const against = '`node -e 0`, then `git rev-parse HEAD`';
export const budget = 2;

/** @param {{ times: number }} options */
export function measure({ times }) {
  const dir = project();
  run([...PROGRAM, 'tick'], dir);
  return inTurns(
    times * 2,
    () => run([...PROGRAM, 'tick'], dir),
    () => {
      run([process.execPath, '-e', '0'], dir);
      run(['git', 'rev-parse', 'HEAD'], dir);
    },
  );
}
