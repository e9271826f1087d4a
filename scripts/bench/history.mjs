import { feed, git, PROGRAM, run } from './measure.mjs';
import { project } from './repository.mjs';

const EVIDENCE_FILES = 10;

/**
 * A project with so many ended orders, each with ten evidence files, as one `fast-import` on top of what `init` made.
 * @param {number} orders
 */
export async function withHistory(orders) {
  const dir = project();
  const tip = git(dir, 'rev-parse', 'refs/heads/ops').trim();
  git(dir, 'worktree', 'remove', '--force', 'ops');
  await feed(['git', 'fast-import', '--quiet', '--force'], dir, stream(orders, tip));
  git(dir, 'worktree', 'add', '-q', '--no-checkout', 'ops', 'ops');
  git(`${dir}/ops`, 'read-tree', 'ops');
  git(`${dir}/ops`, 'checkout', '--', 'inbox', 'README.md');
  run([...PROGRAM, 'tick'], dir);
  return dir;
}

/** @param {number} orders @param {string} tip @returns {Generator<string>} */
function* stream(orders, tip) {
  yield 'blob\nmark :1\ndata 24\nid: an order that ended\n\n';
  yield `commit refs/heads/ops\ncommitter Bench <bench@example.org> 1767225600 +0000\ndata 7\narchive\nfrom ${tip}\n`;
  for (let order = 0; order < orders; order += 1) {
    const month = String(1 + (order % 12)).padStart(2, '0');
    const day = String(1 + (order % 28)).padStart(2, '0');
    let text = `M 100644 :1 done/2025/${month}/order-${order}.yml\n`;
    for (let file = 0; file < EVIDENCE_FILES; file += 1)
      text += `M 100644 :1 evidence/2025/${month}/${day}/order-${order}-1/file-${file}\n`;
    yield text;
  }
  yield '\ndone\n';
}
