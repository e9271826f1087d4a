import { appendFileSync, linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { SystemProcesses } from '../processes.js';
import { hasCode, lstatIfThere } from '../workspace/files.js';
import { readIfThere } from './small-files.js';
import { FOLLOW_LOCK, decode, encode, temporaryName, type Claimant } from './temporary.js';

const WAIT_MS = 15;
/** How long another runner may keep the lock before we leave the work tree for the next time. */
const PATIENCE_MS = 600;
/** A lock of a runner that nobody here can ask after is left from this age on. */
const STALE_MS = 60_000;

/** One runner's turn at the people's work tree. */
export interface FollowTurn {
  /** Somebody's turn before was not brought to its end: index and files may be anywhere between where they were noted to be and the branch's tip. */
  readonly interrupted: boolean;
  /** Notes a git process that changes the tree: it outlives a runner that dies, and the next one has to wait for it. */
  readonly begins: (pid: number) => void;
  /** Lets the next one in; `whole` if the tree is where it was to be brought. */
  readonly end: (whole: boolean) => void;
}

const placeOf = (gitDir: string): string => join(gitDir, FOLLOW_LOCK);

/** Whether somebody has a turn, or died in one. */
export const isTurnTaken = (gitDir: string): boolean => lstatIfThere(placeOf(gitDir)) !== null;

/**
 * Waits for a turn: one runner at a time, and none beside the git processes of one that died. Null: that took too long.
 *
 * The lock is a file with a line for whoever holds it, and one for each git process that it began.
 */
export async function followTurn(gitDir: string, processes: SystemProcesses): Promise<FollowTurn | null> {
  const place = placeOf(gitDir);
  const aside = (): string => join(gitDir, temporaryName(processes.self(), `${FOLLOW_LOCK}.`));
  const deadline = performance.now() + PATIENCE_MS;
  const self = encode(processes.self());
  let left: string | null = null;
  for (;;) {
    const mine = aside();
    // Whoever takes over from us has to wait for the same processes.
    writeFileSync(mine, [self, ...commands(left).map(encode)].join('\n'));
    try {
      linkSync(mine, place);
      break;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
      const found = readIfThere(place);
      if (found !== null && isLeft(place, found, mine, processes)) {
        if (takeAway(place, found, aside())) left = found;
        continue;
      }
    } finally {
      rmSync(mine, { force: true });
    }
    if (performance.now() > deadline) return null;
    await after(WAIT_MS);
  }
  const before = left;
  const end = (whole: boolean): void => {
    if (whole || before === null) rmSync(place, { force: true });
    else putBack(place, before, aside());
  };
  while (commands(left).some((command) => processes.alive(command) === true)) {
    if (performance.now() > deadline) {
      end(false);
      return null;
    }
    await after(WAIT_MS);
  }
  return {
    interrupted: before !== null,
    begins: (pid) => {
      appendFileSync(place, `\n${encode(processes.of(pid))}`);
    },
    end,
  };
}

const commands = (lock: string | null): readonly Claimant[] =>
  (lock ?? '')
    .split('\n')
    .slice(1)
    .flatMap((line) => decode(line) ?? []);

/** Whether a lock was left by a runner that died: at once where this machine can tell, else by its age, as the file system's own clock has it. */
function isLeft(place: string, text: string, mine: string, processes: SystemProcesses): boolean {
  const holder = decode(text.split('\n')[0] ?? '');
  const isAlive = holder === null ? null : processes.alive(holder);
  if (isAlive !== null) return !isAlive;
  const [held, now] = [lstatIfThere(place), lstatIfThere(mine)];
  return held !== null && now !== null && now.mtimeMs - held.mtimeMs > STALE_MS;
}

/** Takes a lock away that was found to be left; false if another runner did so first, whose own lock then stays. */
function takeAway(place: string, found: string, aside: string): boolean {
  try {
    renameSync(place, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
  const isIt = readIfThere(aside) === found;
  if (isIt) rmSync(aside, { force: true });
  else renameSync(aside, place);
  return isIt;
}

/** What is left to do stays to be seen. */
function putBack(place: string, text: string, aside: string): void {
  writeFileSync(aside, text);
  renameSync(aside, place);
}
