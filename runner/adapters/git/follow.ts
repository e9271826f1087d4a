import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { CommitId } from '../../core/ids.js';
import type { Processes } from '../../app/ports/machine.js';
import type { ObjectReader } from '../../app/ports/repository.js';
import { hasCode, lstatIfThere } from '../workspace/files.js';
import { followByHand } from './follow-by-hand.js';
import { followedFile, recordFollowed, treeAt, type PeoplesTree } from './peoples-tree.js';
import type { GitPlaces } from './places.js';
import { readIfThere } from './small-files.js';
import { decode, encode } from './temporary.js';

const WAIT_MS = 15;
/** How long another runner, or a person's git command, may hold the index before we leave it for the next time. */
const PATIENCE_MS = 600;
/** A lock of ours that is older was left by a runner that died. */
const STALE_MS = 60_000;

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
  processes: Processes,
): Promise<boolean> {
  const tree = treeAt(places, worktree);
  // No work tree, or somebody checked something else out there: it is theirs.
  if (tree === null || readIfThere(join(tree.gitDir, 'HEAD')) !== `ref: ${ref}\n`) return true;
  // A tick that died may not have got to it; mostly there is nothing to make up for.
  const tip = await reader.resolve(ref);
  if (left.size === 0 && tip !== null && readIfThere(followedFile(tree.gitDir)) === `${tip}\n`) return true;
  const unlock = await lock(tree.gitDir, processes);
  if (unlock === null) return false;
  try {
    // The branch may have moved on meanwhile; whoever holds the lock brings the tree to where it is now.
    let base = await indexBase(tree, left, await reader.resolve(ref));
    for (;;) {
      const tip = await reader.resolve(ref);
      if (tip === null || base === null) return true;
      if (base !== tip && !(await bring(places, tree, base, tip))) return false;
      recordFollowed(tree, tip);
      if (base === tip) return true;
      base = tip;
    }
  } finally {
    unlock();
  }
}

/**
 * The commit that the index stands on. That is where we brought it, unless a person committed since or a time was missed; then it is the
 * one of the commits in question that the index differs least from (what differs is what they staged).
 */
async function indexBase(
  tree: PeoplesTree,
  left: ReadonlySet<CommitId>,
  tip: CommitId | null,
): Promise<CommitId | null> {
  const recorded = (readIfThere(followedFile(tree.gitDir))?.trim() ?? null) as CommitId | null;
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

async function bring(places: GitPlaces, tree: PeoplesTree, base: CommitId, tip: CommitId): Promise<boolean> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    // The common case, in one command. It refuses as a whole where a person's change is in the way.
    if ((await tree.run(['read-tree', '-m', '-u', base, tip])).ok) return true;
    if (lstatIfThere(join(tree.gitDir, 'index.lock')) === null && (await followByHand(places, tree, base, tip)))
      return true;
    if (performance.now() > deadline) return false;
    await after(WAIT_MS);
  }
}

/** Whether a lock was left by a runner that died: at once where this machine can tell, else by its age, as the file system's own clock has it. */
function isLeft(place: string, mine: string, processes: Processes): boolean {
  const holder = decode(readIfThere(place) ?? '');
  const isAlive = holder === null ? null : processes.alive(holder);
  if (isAlive !== null) return !isAlive;
  const [held, now] = [lstatIfThere(place), lstatIfThere(mine)];
  return held !== null && now !== null && now.mtimeMs - held.mtimeMs > STALE_MS;
}

/** One runner at a time. Null: another one kept the lock. */
async function lock(gitDir: string, processes: Processes): Promise<(() => void) | null> {
  const place = join(gitDir, 'pushpals-follow.lock');
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const mine = `${place}.${randomUUID()}`;
    writeFileSync(mine, encode(processes.self()));
    try {
      linkSync(mine, place);
      return () => {
        rmSync(place, { force: true });
      };
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
      if (isLeft(place, mine, processes)) rmSync(place, { force: true });
    } finally {
      rmSync(mine, { force: true });
    }
    if (performance.now() > deadline) return null;
    await after(WAIT_MS);
  }
}
