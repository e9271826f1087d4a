import { isPinned } from '../images.js';
import type { LoadedFormula, Observed } from '../observed.js';
import type { Settled } from './settle.js';

/** What the images that a formula's steps run in are on this machine, by their names; those that are not here are left out. */
export function imagesNow(
  loaded: Pick<LoadedFormula, 'formula'> | null,
  { project, pinnedName }: Pick<Observed, 'project' | 'pinnedName'>,
): Readonly<Record<string, string>> {
  const names = [project.sandbox?.image, ...(loaded?.formula.steps ?? []).map(({ image }) => image)];
  const found = [...new Set(names)].sort().flatMap((name): [string, string][] => {
    const pinned = name === undefined || isPinned(name) ? null : pinnedName(name);
    return name === undefined || pinned === null ? [] : [[name, pinned]];
  });
  return Object.fromEntries(found);
}

/**
 * What becomes of an approved request one of whose images is another by now. An image without a registry has another id wherever it is made, so of
 * several runners the one that has what was approved takes the order, and the others leave it alone.
 */
export function movedImage(
  approved: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
  isShared: boolean,
): Settled | null {
  const name = Object.keys(approved).find((each) => now[each] !== undefined && now[each] !== approved[each]);
  if (name === undefined) return null;
  const isLocal = [approved[name], now[name]].some((pinned) => pinned?.startsWith('sha256:'));
  if (isShared && isLocal)
    return { is: 'waits', reason: `the image ${name} of this machine is not the one that was approved` };
  return { is: 'over', outcome: 'void', reason: `what it asked about changed: the image ${name} is another one` };
}
