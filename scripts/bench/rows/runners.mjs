import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ENV, PROGRAM, git, run } from '../measure.mjs';
import { folder, project, write } from '../repository.mjs';

export const name = '8 runners on one remote, time an order';
export const against = '1 runner, where steps sleep';
export const budget = 0.2;

/**
 * Steps sleep, so that one runner is bound by its slots: it can end at most SLOTS / STEP_S orders a second, and eight of them eight times as many, as long as
 * the processors have time for all. On two of them that is what bounds the row: an order takes about a quarter of a second of a processor, git and the
 * sandbox's shell included, and a runner about a second to start. So the steps sleep for long; on a machine that is busy with something else the row tells
 * of that.
 */
const STEP_S = 20;
const SLOTS = 8;
const FORMULA = `formula: sleep
version: 1
steps: [{ id: wait, run: sleep ${STEP_S} }]
`;

/**
 * Orders a second of some runners that share a bare remote and nothing else, each with a clone of its own.
 * @param {number} runners @param {number} orders
 */
async function rate(runners, orders) {
  const remote = join(folder(), 'r.git');
  run(['git', 'init', '-q', '--bare', '-b', 'main', remote], folder());
  const first = project({ slots: SLOTS, formulas: { sleep: FORMULA } });
  git(first, 'remote', 'add', 'origin', remote);
  const text = git(first, 'show', 'HEAD:pushpals.yml');
  write(first, { 'pushpals.yml': `${text}ops: { remote: origin }\n` });
  git(first, 'commit', '-q', '-am', 'share');
  git(first, 'push', '-q', 'origin', 'main');
  run([...PROGRAM, 'pause'], first);
  for (let index = 0; index < orders; index += 1)
    write(first, { [`ops/inbox/o${index}.yml`]: `goal: Wait ${index}\nformula: sleep\n` });
  run([...PROGRAM, 'tick'], first, { expected: [0, 3] });
  run([...PROGRAM, 'resume'], first);
  const clones = Array.from({ length: runners }, () => {
    const dir = join(folder(), 'clone');
    run(['git', 'clone', '-q', remote, dir], folder());
    git(dir, 'config', 'user.name', 'Bench');
    git(dir, 'config', 'user.email', 'bench@example.org');
    run([...PROGRAM, 'init', '--yes', '--driver', 'host'], dir);
    return dir;
  });
  const started = performance.now();
  const [program = '', ...args] = PROGRAM;
  await Promise.all(
    clones.map((cwd, index) =>
      promisify(execFile)(program, [...args, 'tick'], {
        cwd,
        env: { ...ENV, PUSHPALS_RUNNER: `runner-${index}` },
        maxBuffer: 64 * 1024 * 1024,
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  const log = git(remote, 'log', '--format=%s%n%b', 'refs/heads/ops');
  const done = git(remote, 'ls-tree', '-r', '--name-only', 'refs/heads/ops:done').split('\n');
  const count = done.filter((path) => /o\d+\.yml$/.test(path)).length;
  if (count !== orders) throw new Error(`${count} of ${orders} orders were done`);
  const ends = log.split('\n').filter((line) => /^order o\d+: active → done/.test(line));
  if (ends.length !== orders) throw new Error(`${ends.length} ends of ${orders} orders: one was done twice`);
  return orders / seconds;
}

/** @param {{ quick: boolean }} options */
export async function measure({ quick }) {
  const each = quick ? 2 : 15;
  const one = await rate(1, SLOTS * each);
  const eight = await rate(8, 8 * SLOTS * each);
  const note = `${(eight / one).toFixed(1)} times as many; ${8 * SLOTS * each} orders, none twice; steps of ${STEP_S} s, ${SLOTS} slots each; one round`;
  return { ours: 1000 / eight, theirs: 1000 / one, ratio: one / eight, note };
}
