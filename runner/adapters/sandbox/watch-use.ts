import { constants } from 'node:os';
import type { ExecSpec, SandboxSpec } from '../../app/ports/sandbox.js';
import type { Exceeded } from '../../core/step-limits.js';
import { DiskWatch } from './disk-watch.js';
import type { Stop } from './stop.js';

const LOOK_MS = 1000;
/** Who is refused a process in so many looks one after the other does not get on: a fork bomb, or a limit that is too low. */
const REFUSED_LOOKS = 3;
const FILE_TOO_LARGE = 128 + constants.signals.SIGXFSZ;

export interface UseWatch {
  /** Takes the place of the command's own: it gets no more than it may print. */
  readonly onOutput: ExecSpec['onOutput'];
  /** The limit that a command reached which was not ended for one; for when all of it is gone. */
  readonly last: (exitCode: number | null) => Promise<Exceeded | null>;
  /** Stops looking. */
  readonly release: () => void;
}

/** What the kernel says of a command. */
export interface Kernel {
  /** How often it was refused a process so far; null where that cannot be known. */
  readonly refused: () => Promise<number | null>;
  /** The processes that it has; none where they cannot be seen. */
  readonly members: () => Promise<readonly number[]>;
}

/**
 * Looks every second at what a command uses, and has it ended at its limits of output, disk and files, and where it runs against that of
 * processes again and again. `elsewhere` looks at
 * what is written where this machine does not see it.
 */
export function watchUse(
  { workspace, inDir, outDir, limits }: Pick<SandboxSpec, 'workspace' | 'inDir' | 'outDir' | 'limits'>,
  onOutput: ExecSpec['onOutput'],
  stop: Stop,
  { refused, members }: Kernel,
  elsewhere?: Pick<DiskWatch, 'look'>,
): UseWatch {
  const disk = new DiskWatch([workspace.dir, workspace.gitDir, outDir], inDir, limits, members);
  let [printed, refusedBefore, refusedLooks] = [0, 0, 0];
  const look = async (): Promise<void> => {
    const count = (await refused()) ?? 0;
    refusedLooks = count > refusedBefore ? refusedLooks + 1 : 0;
    refusedBefore = count;
    if (refusedLooks === REFUSED_LOOKS) stop.because({ limit: 'pids', most: limits.pids, used: null });
    const exceeded = await (elsewhere ?? disk).look();
    if (exceeded !== null) stop.because(exceeded);
  };
  let looking = Promise.resolve();
  let isLooking = false;
  let trouble: { readonly error: unknown } | null = null;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    looking = look()
      .catch((error: unknown) => {
        // Told by `last`: a step that nobody can watch does not go on.
        trouble = { error };
        stop.because('cancel');
      })
      .finally(() => {
        isLooking = false;
      });
  }, LOOK_MS);
  return {
    onOutput: (chunk) => {
      const room = limits.outputBytes - printed;
      printed += chunk.length;
      if (room > 0) onOutput(chunk.subarray(0, room));
      if (chunk.length > room) stop.because({ limit: 'output', most: limits.outputBytes, used: printed });
    },
    last: async (exitCode) => {
      await looking;
      if (trouble !== null) throw trouble.error;
      if (stop.reason() !== null) return null;
      // As a shell says that the kernel ended it at RLIMIT_FSIZE.
      if (exitCode === FILE_TOO_LARGE) return { limit: 'disk', most: limits.diskBytes, used: null };
      return disk.last();
    },
    release: () => {
      clearInterval(timer);
    },
  };
}
