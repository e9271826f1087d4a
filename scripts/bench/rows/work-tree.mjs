import { join } from 'node:path';
import { git, inTurns } from '../measure.mjs';
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
  const ours = async () => {
    turn += 1;
    const taken = await tools.workspaces.acquire(
      /** @type {any} */ (`bench-${turn}`),
      /** @type {any} */ (commits[turn % 2]),
      owner,
    );
    if (!taken.ok) throw new Error(JSON.stringify(taken.failure));
    await tools.workspaces.release(taken.value);
  };
  await ours();
  const peers = folder();
  const theirs = () => git(dir, 'worktree', 'add', '-q', '--detach', join(peers, `w${(turn += 2)}`), 'main');
  const taken = await inTurns(times, ours, theirs);
  await close();
  return { ...taken, note: `${count} files` };
}
