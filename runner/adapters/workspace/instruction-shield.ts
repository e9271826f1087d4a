import { posix } from 'node:path';
import { isInstructionFile } from '../../core/agents/instruction-files.js';
import type { CommitId } from '../../core/ids.js';
import type { ObjectReader, TreeFile } from '../../app/ports/repository.js';
import type { FileChange } from '../git/import-stream.js';
import { blobId } from './files.js';

const LINK_BYTES = 4096;

/** What stands in a tree in place of files that tell agents how to work, whatever was done to those. */
export interface Shield {
  readonly covers: (path: string) => boolean;
  /** What is shown of them, by path. */
  readonly shown: ReadonlyMap<string, TreeFile>;
}

/**
 * The files of `base` that tell agents how to work, to be shown in a tree that holds `files`. What a link of that kind leads to counts as one. A file of
 * the base that has no room, because its folder is a file by now, is not shown.
 */
export async function shieldOf(
  base: readonly TreeFile[],
  files: readonly TreeFile[],
  reader: ObjectReader,
): Promise<Shield> {
  const links = base.filter(({ path, mode }) => mode === '120000' && isInstructionFile(path));
  const targets = await reader.blobs(
    links.map(({ blob }) => blob),
    LINK_BYTES,
  );
  const also = links.flatMap(({ path, blob }) => {
    const target = posix.join(posix.dirname(path), Buffer.from(targets.get(blob) ?? []).toString('utf8'));
    return target === '.' || target.startsWith('..') ? [] : [target.replace(/\/+$/, '')];
  });
  const covers = (path: string): boolean => isInstructionFile(path, also);
  const others = new Set(files.flatMap(({ path }) => (covers(path) ? [] : [path])));
  const shown = base.filter(({ path }) => covers(path) && !foldersOf(path).some((folder) => others.has(folder)));
  return { covers, shown: new Map(shown.map((file) => [file.path, file])) };
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

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The commit of a shielded tree is nobody's result: it has the time of none, so that equal trees make one object. */
export const SHIELD_MESSAGE = (base: CommitId): string => `What tells agents how to work, as ${base} has it\n`;
