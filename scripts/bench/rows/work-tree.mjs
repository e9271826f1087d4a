import { join } from 'node:path';
import { git, median } from '../measure.mjs';
import { connected, folder, project, write } from '../repository.mjs';

export const name = 'work tree of 20,000 files, pool warm, 10 differ';
export const against = '`git worktree add`';
export const budget = 0.25;

/** @param {{ times: number, quick: boolean }} options */
export async function measure({ times, quick }) {
  const count = quick ? 2000 : 20_000;
  const dir = project({
    files: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`d${index % 200}/f${index}`, `file ${index}\n`]),
    ),
  });
  write(dir, Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`d${index}/f${index}`, 'changed\n'])));
  git(dir, 'commit', '-q', '-a', '-m', 'second');
  const commits = git(dir, 'rev-parse', 'main', 'main~1').trim().split('\n');
  const { tools, close } = await connected(dir);
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  let turn = 0;
  const acquire = async () => {
    turn += 1;
    const run = /** @type {any} */ (`bench-${turn}`);
    const taken = await tools.workspaces.acquire(run, /** @type {any} */ (commits[turn % 2]), owner);
    if (!taken.ok) throw new Error(JSON.stringify(taken.failure));
    return taken.value;
  };
  await tools.workspaces.release(await acquire());
  const peers = folder();
  /** @type {[number[], number[], number[], number[]]} */
  const taken = [[], [], [], []];
  for (let round = 0; round <= times; round += 1) {
    const peer = join(peers, `w${round}`);
    const marks = [performance.now()];
    const workspace = await acquire();
    marks.push(performance.now());
    await tools.workspaces.release(workspace);
    marks.push(performance.now());
    git(dir, 'worktree', 'add', '-q', '--detach', peer, 'main');
    marks.push(performance.now());
    git(dir, 'worktree', 'remove', '--force', peer);
    marks.push(performance.now());
    if (round > 0) taken.forEach((each, index) => each.push((marks[index + 1] ?? 0) - (marks[index] ?? 0)));
  }
  await close();
  const [ours, release, theirs, remove] = [median(taken[0]), median(taken[1]), median(taken[2]), median(taken[3])];
  // Giving it back is where it is cleaned, for the next run and after the order's end.
  const note = `${count} files; given back in ${release.toFixed(0)} ms, against \`git worktree remove\` in ${remove.toFixed(0)} ms`;
  return { ours, theirs, ratio: ours / theirs, note };
}
