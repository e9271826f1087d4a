import { PROGRAM, git, median, run } from '../measure.mjs';
import { project, write } from '../repository.mjs';

export const name = 'queue of results into one target, each checked as it is merged';
export const against = 'by hand, one by one: `git merge --no-ff`, and the check in a fresh work tree';
export const budget = 6;

const CHECK = 'test -f README.md';
const ADD = `formula: add
version: 1
steps:
  - { id: change, run: 'echo new > "$PUSHPALS_ORDER"' }
  - { id: ship, needs: [change], ship: { title: "add {{ order.goal }}" } }
`;

/** A project whose results wait for a branch that is not there yet. @param {number} count */
function waiting(count) {
  const dir = project({ slots: 4, formulas: { add: ADD } });
  write(dir, {
    'pushpals.yml': [
      'version: 1\nproject: bench\nsandbox: { driver: host }\nrunner: { slots: 4 }',
      `commands: { test: "${CHECK}" }\nintegrate: { via: merge, into: release }\n`,
    ].join('\n'),
    ...Object.fromEntries(names(count).map((id) => [`ops/inbox/${id}.yml`, `goal: ${id}\nformula: add\n`])),
  });
  git(dir, 'commit', '-q', '-a', '-m', 'results are merged');
  run([...PROGRAM, 'tick'], dir, { expected: [0, 3] });
  git(dir, 'branch', 'release', 'main');
  return dir;
}

/** @param {number} count */
const names = (count) => Array.from({ length: count }, (_, index) => `o${index}`);

/** @param {string} dir @param {number} count */
const merged = (dir, count) =>
  git(dir, 'ls-tree', '--name-only', 'release')
    .split('\n')
    .filter((file) => /^o\d+$/.test(file)).length === count;

/** @param {{ times: number, quick: boolean }} options */
export function measure({ times, quick }) {
  const count = quick ? 6 : 20;
  const rounds = Math.min(times, 3);
  /** @type {[number[], number[]]} */
  const taken = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const dir = waiting(count);
    const peer = `${dir}/.git/by-hand`;
    git(dir, 'worktree', 'add', '-q', '-b', 'by-hand', peer, 'release');
    let started = performance.now();
    for (const id of names(count)) {
      git(peer, 'merge', '-q', '--no-ff', '-m', `Merge ${id}`, `pushpals/${id}`);
      git(peer, 'worktree', 'add', '-q', '--detach', `${peer}-fresh`, 'by-hand');
      run(['sh', '-c', CHECK], `${peer}-fresh`);
      git(peer, 'worktree', 'remove', '--force', `${peer}-fresh`);
    }
    taken[1].push(performance.now() - started);
    git(dir, 'worktree', 'remove', '--force', peer);
    started = performance.now();
    run([...PROGRAM, 'tick'], dir);
    taken[0].push(performance.now() - started);
    if (!merged(dir, count)) throw new Error(`not all of ${count} results were merged`);
  }
  const [ours, theirs] = [median(taken[0]), median(taken[1])];
  const perMinute = (60_000 * count) / ours;
  return {
    ours,
    theirs,
    ratio: ours / theirs,
    note: `${count} results, ${perMinute.toFixed(0)} merges a minute against ${((60_000 * count) / theirs).toFixed(0)}; up to 5 tried together; host driver; ${rounds} rounds, no warm-up`,
  };
}
