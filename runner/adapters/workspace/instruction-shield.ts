import { INSTRUCTION_PATHS, isInstructionFile } from '../../core/agents/instruction-files.js';
import type { CommitId } from '../../core/ids.js';
import type { ObjectReader, TreeFile } from '../../app/ports/repository.js';
import type { FileChange } from '../git/import-stream.js';
import { blobId } from './files.js';
import { follow, foldersOf } from './tree-links.js';

const LINK_BYTES = 4096;

/** What stands in a tree in place of files that tell agents how to work, whatever was done to those. */
export interface Shield {
  readonly covers: (path: string) => boolean;
  /** What is shown of them, by path. */
  readonly shown: ReadonlyMap<string, TreeFile>;
}

/**
 * The files of `base` that tell agents how to work, to be shown in a tree that holds `files`. What a link of that kind leads to counts as one, over however many
 * links and linked folders, and so do those: whoever changed one of them would change the text. A file of the base that has no room, because its folder is a
 * file by now, is not shown; a link in the place of its folder makes room.
 */
export async function shieldOf(
  base: readonly TreeFile[],
  files: readonly TreeFile[],
  reader: ObjectReader,
): Promise<Shield> {
  const reached = await reachedBy(base, reader);
  const isCovered = (path: string): boolean =>
    isInstructionFile(path) || (reached.size > 0 && [...foldersOf(path), path].some((each) => reached.has(each)));
  const covered = base.filter(({ path }) => isCovered(path));
  const folders = new Set([...covered.map(({ path }) => path), ...INSTRUCTION_PATHS].flatMap(foldersOf));
  const own = new Map(base.map((file) => [file.path, file]));
  const inTheWay = new Set(
    files.flatMap(({ path, mode, blob }) =>
      mode === '120000' && folders.has(path) && own.get(path)?.blob !== blob ? [path] : [],
    ),
  );
  const covers = (path: string): boolean => inTheWay.has(path) || isCovered(path);
  const others = new Set(files.flatMap(({ path }) => (covers(path) ? [] : [path])));
  const shown = base.filter(({ path }) => covers(path) && !foldersOf(path).some((folder) => others.has(folder)));
  return { covers, shown: new Map(shown.map((file) => [file.path, file])) };
}

/** Every path that agents' instructions are reached by or at, beside those that are instructions by their names. */
async function reachedBy(base: readonly TreeFile[], reader: ObjectReader): Promise<ReadonlySet<string>> {
  const links = base.filter(({ mode }) => mode === '120000');
  const reached = new Set<string>();
  const isPart = (path: string): boolean =>
    isInstructionFile(path) || INSTRUCTION_PATHS.some((each) => each.startsWith(`${path}/`));
  if (!links.some(({ path }) => isPart(path))) return reached;
  const blobs = await reader.blobs(
    links.map(({ blob }) => blob),
    LINK_BYTES,
  );
  const targets = new Map(links.map(({ path, blob }) => [path, Buffer.from(blobs.get(blob) ?? []).toString('utf8')]));
  const left = [...INSTRUCTION_PATHS, ...links.flatMap(({ path }) => (isInstructionFile(path) ? [path] : []))];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    const { by, to } = follow(path, targets);
    for (const place of [...by, ...(to === null || to === '' ? [] : [to])]) {
      if (reached.has(place)) continue;
      reached.add(place);
      // A folder of instructions may hold links in its turn.
      for (const link of targets.keys()) if (link.startsWith(`${place}/`)) left.push(link);
    }
  }
  return reached;
}

/** What makes a tree with these files show what the shield has. */
export function shieldingChanges({ covers, shown }: Shield, files: readonly TreeFile[]): readonly FileChange[] {
  const there = new Map(files.map((file) => [file.path, file]));
  const gone = files.filter(({ path }) => covers(path) && !shown.has(path));
  const come = [...shown.values()].filter(({ path, mode, blob }) => {
    const file = there.get(path);
    return file?.blob !== blob || file.mode !== mode;
  });
  return [
    ...gone.map(({ path, mode }) => ({ path, mode, content: null })),
    ...come.map(({ path, mode, blob }) => ({ path, mode, content: { blob } })),
  ];
}

/** What a step itself changed: a file that stands as it was shown is none of its doing. */
export function beyondShield(
  { covers, shown }: Shield,
  changes: readonly FileChange[],
  format: 'sha1' | 'sha256',
): readonly FileChange[] {
  return changes.filter(({ path, mode, content }) => {
    if (!covers(path)) return true;
    const file = shown.get(path);
    if (content === null || file === undefined) return (content === null) !== (file === undefined);
    if (typeof content === 'object' && 'blob' in content) return content.blob !== file.blob || mode !== file.mode;
    const bytes = typeof content === 'function' ? content() : content;
    return mode !== file.mode || blobId(Buffer.from(bytes), format) !== (file.blob as string);
  });
}

/** The commit of a shielded tree is nobody's result: it has the time of none, so that equal trees make one object. */
export const SHIELD_MESSAGE = (base: CommitId): string => `What tells agents how to work, as ${base} has it\n`;
