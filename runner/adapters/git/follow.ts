import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { CommitId } from '../../core/ids.js';
import type { ObjectReader } from '../../app/ports/repository.js';
import type { SystemProcesses } from '../processes.js';
import { lstatIfThere } from '../workspace/files.js';
import { followByHand } from './follow-by-hand.js';
import { followTurn, isTurnTaken, type FollowTurn } from './follow-lock.js';
import { followedFile, recordFollowed, treeAt, type PeoplesTree } from './peoples-tree.js';
import type { GitPlaces } from './places.js';
import { readIfThere } from './small-files.js';

const WAIT_MS = 15;
/** How long a person's git command may hold the index before we leave it for the next time. */
const PATIENCE_MS = 600;

/**
 * Brings the people's work tree of the ops branch to the branch's tip (`left`: what the branch was moved on from since the last time), keeping whatever they have not committed: paths that they changed
 * stay as they have them, and show as changes against the new tip. It starts from where the index really is, so a time that
 * was missed is made up for by the next. False: it could not follow now (the index stayed locked).
 */
export async function follow(
  places: GitPlaces,
  reader: ObjectReader,
  worktree: string,
  ref: string,
  left: ReadonlySet<CommitId>,
  processes: SystemProcesses,
): Promise<boolean> {
  const tree = treeAt(places, worktree);
  // No work tree, or somebody checked something else out there: it is theirs.
  if (tree === null || readIfThere(join(tree.gitDir, 'HEAD')) !== `ref: ${ref}\n`) return true;
  // A tick that died may not have got to it; mostly there is nothing to make up for.
  const tip = await reader.resolve(ref);
  const isThere = tip !== null && readIfThere(followedFile(tree.gitDir)) === `${tip}\n`;
  if (left.size === 0 && isThere && !isTurnTaken(tree.gitDir)) return true;
  const turn = await followTurn(tree.gitDir, processes);
  if (turn === null) return false;
  let whole = false;
  try {
    // The branch may have moved on meanwhile; whoever has the turn brings the tree to where it is now.
    let base = turn.interrupted ? await interruptedBase(tree, reader) : null;
    let byHand = base !== null;
    base ??= await indexBase(tree, left, await reader.resolve(ref));
    for (;;) {
      const tip = await reader.resolve(ref);
      if (tip === null || base === null) return (whole = true);
      if ((byHand || base !== tip) && !(await bring(places, tree, turn, base, tip, byHand))) return false;
      recordFollowed(tree, tip);
      if (base === tip) return (whole = true);
      base = tip;
      byHand = false;
    }
  } finally {
    turn.end(whole);
  }
}

/** Where a turn that was not brought to its end began. From there on, anything of the branch may be in the index and on disk. */
async function interruptedBase(tree: PeoplesTree, reader: ObjectReader): Promise<CommitId | null> {
  const recorded = recordedIn(tree);
  return recorded !== null && (await reader.tree(recorded)) !== null ? recorded : null;
}

const recordedIn = ({ gitDir }: PeoplesTree): CommitId | null =>
  (/^[0-9a-f]+$/m.exec(readIfThere(followedFile(gitDir)) ?? '')?.[0] ?? null) as CommitId | null;

/**
 * The commit that the index stands on. That is where we brought it, unless a person committed since or a time was missed; then it is the
 * one of the commits in question that the index differs least from (what differs is what they staged).
 */
async function indexBase(
  tree: PeoplesTree,
  left: ReadonlySet<CommitId>,
  tip: CommitId | null,
): Promise<CommitId | null> {
  const recorded = recordedIn(tree);
  if (recorded !== null && left.has(recorded)) return recorded;
  const [from = null] = left;
  let best: { readonly commit: CommitId; readonly differing: number } | null = null;
  for (const commit of new Set([from, recorded, tip])) {
    if (commit === null) continue;
    const end = await tree.run(['diff-index', '--cached', '-r', '-z', '--name-only', '--no-renames', commit]);
    if (!end.ok) continue;
    const differing = end.value.stdout.filter((byte) => byte === 0).length;
    if (best === null || differing < best.differing) best = { commit, differing };
    if (differing === 0) break;
  }
  return best?.commit ?? from;
}

async function bring(
  places: GitPlaces,
  tree: PeoplesTree,
  { begins }: FollowTurn,
  base: CommitId,
  tip: CommitId,
  byHand: boolean,
): Promise<boolean> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    // The common case, in one command. It refuses as a whole where a person's change is in the way, and must know exactly where the index stands.
    if (!byHand && (await tree.run(['read-tree', '-m', '-u', base, tip], { begins })).ok) return true;
    const isLocked = lstatIfThere(join(tree.gitDir, 'index.lock')) !== null;
    if (!isLocked && (await followByHand(places, tree, base, tip, begins))) return true;
    if (performance.now() > deadline) return false;
    await after(WAIT_MS);
  }
}
