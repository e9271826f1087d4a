import type { RunId } from '../../core/ids.js';
import type { SandboxSpec } from '../../app/ports/sandbox.js';
import { processIds, readVolatile, sendKill, until } from './process-table.js';

/** The environment variable by which a process is known that a step started. */
export const MARK = 'PUSHPALS_EXEC';
/** Stands between the parts of a mark; no run has one in its name, since git allows none in a ref. */
const BETWEEN = '~';
const KILL_MS = 10_000;

export const markOf = ({ repositoryId, run }: Pick<SandboxSpec, 'repositoryId' | 'run'>, id: string): string =>
  [repositoryId, run, id].join(BETWEEN);

/** Ends the processes that steps of runs that are not alive left running; answers them in words. */
export async function sweepMarked(
  repositoryId: string,
  alive: () => Promise<ReadonlySet<RunId>>,
): Promise<readonly string[]> {
  const ours = (mark: string): boolean => mark.startsWith(`${repositoryId}${BETWEEN}`);
  if (marked(ours).length === 0) return [];
  const living = await alive();
  const dead = (mark: string): boolean => ours(mark) && !living.has((mark.split(BETWEEN)[1] ?? '') as RunId);
  const found = marked(dead);
  await endAll(dead, undefined);
  return found.map(({ pid, mark }) => `process ${String(pid)} of ${mark.split(BETWEEN)[1] ?? ''}`);
}

/** The runs of which a marked process is there. */
export const markedRuns = (repositoryId: string): ReadonlySet<RunId> =>
  new Set(
    marked((mark) => mark.startsWith(`${repositoryId}${BETWEEN}`)).map(
      ({ mark }) => (mark.split(BETWEEN)[1] ?? '') as RunId,
    ),
  );

/** Ends the process group, and whatever carries the mark. False if something is still there in the end. */
export function endAll(matches: (mark: string) => boolean, group: number | undefined): Promise<boolean> {
  if (group !== undefined) sendKill(-group);
  return until(() => {
    const found = marked(matches);
    for (const { pid } of found) sendKill(pid);
    return found.length === 0;
  }, KILL_MS);
}

function marked(matches: (mark: string) => boolean): readonly { readonly pid: number; readonly mark: string }[] {
  return processIds().flatMap((pid) => {
    const entry = readVolatile(`/proc/${String(pid)}/environ`)
      ?.split('\0')
      .find((each) => each.startsWith(`${MARK}=`));
    const mark = entry?.slice(MARK.length + 1);
    return mark !== undefined && pid !== process.pid && matches(mark) ? [{ pid, mark }] : [];
  });
}
