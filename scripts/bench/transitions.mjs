import { git } from './measure.mjs';
import { connected, project, repository, write } from './repository.mjs';

/** A tree of a thousand files, in which `git commit` changes one. */
export function peer() {
  const dir = repository(
    Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`d${index % 20}/f${index}`, `${index}\n`])),
  );
  let count = 0;
  return () => {
    write(dir, { 'd0/f0': `${(count += 1)}\n` });
    git(dir, 'commit', '-q', '-a', '-m', 'change');
  };
}

/**
 * Moves orders on the ops branch, so many a call.
 * @param {number} batch
 */
export async function transitions(batch) {
  const dir = project();
  git(dir, 'worktree', 'remove', '--force', 'ops');
  const { tools, close } = await connected(dir);
  let count = 0;
  const move = async () => {
    const tip = await tools.ops.tip();
    const commits = Array.from({ length: batch }, () => {
      count += 1;
      return {
        subject: `order bench: queue → active (attempt ${count})`,
        trailers: /** @type {[string, string][]} */ ([['PushPals-Order', 'bench']]),
        author: { name: 'Bench', email: 'bench@example.org' },
        at: tools.clock.now(),
        files: [{ path: `queue/order-${count % 50}.yml`, content: `id: order-${count}\n` }],
      };
    });
    const made = await tools.ops.append(tip, commits);
    if (!made.ok) throw new Error(JSON.stringify(made.failure));
    const moved = await tools.ops.advance(tip, made.value);
    if (!moved.ok || !moved.value) throw new Error('the branch did not move');
  };
  return { move, close };
}
