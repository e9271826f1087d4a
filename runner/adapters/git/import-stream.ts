import type { Person } from '../../app/ports/ops.js';
import { epochMs, type CommitId, type Instant } from '../../core/ids.js';
import { isDotGit } from '../workspace/entry-names.js';

export interface FileChange {
  readonly path: string;
  readonly mode: string;
  /** Contents, how to get them, an object that holds them already, or null to remove the path. */
  readonly content: Uint8Array | (() => Uint8Array) | { readonly blob: string } | null;
}

export interface ImportCommit {
  readonly message: string;
  readonly author: Person;
  readonly committer: Person;
  readonly at: Instant;
  readonly changes: readonly FileChange[];
  /** Further parents, for a merge. */
  readonly merges?: readonly CommitId[];
}

/** One commit in fast-import's language. `from` null: on top of the commit before it, or the first of all. */
export function* commitParts(
  ref: string,
  { message, author, committer, at, changes, merges = [] }: ImportCommit,
  mark: number,
  from: string | null,
): Generator<string | Uint8Array> {
  const seconds = String(Math.floor(epochMs(at) / 1000));
  const text = Buffer.from(message.replaceAll('\0', ''));
  yield `commit ${ref}\nmark :${String(mark)}\nauthor ${signature(author)} ${seconds} +0000\ncommitter ${signature(committer)} ${seconds} +0000\ndata ${String(text.length)}\n`;
  yield text;
  yield `\n${from === null ? '' : `from ${from}\n`}${merges.map((merge) => `merge ${merge}\n`).join('')}`;
  // Removals first, so that a file can take the place of a folder and the other way round.
  for (const { path, content } of changes) if (content === null) yield `D ${quoted(path)}\n`;
  for (const { path, mode, content } of changes) {
    if (content === null) continue;
    if ('blob' in content) {
      yield `M ${mode} ${content.blob} ${quoted(path)}\n`;
      continue;
    }
    const bytes = typeof content === 'function' ? content() : content;
    yield `M ${mode} inline ${quoted(path)}\ndata ${String(bytes.length)}\n`;
    yield bytes;
    yield '\n';
  }
  yield '\n';
}

/** `Name <email>` without what would end the field or the line; a commit needs a name that is not empty. */
export function signature({ name, email }: Person): string {
  const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f<>]+/g, ' ').trim();
  return `${plain(name) || 'unknown'} <${plain(email).replaceAll(' ', '')}>`;
}

/** A path as fast-import reads it: C-style quoted, so that no name is taken for syntax. */
const quoted = (path: string): string => `"${checkedPath(path).replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;

/** fast-import takes any path, and so do tree objects; we do not. */
export function checkedPath(path: string): string {
  const odd =
    path.includes('\0') ||
    path.split('/').some((part) => part === '' || part === '.' || part === '..' || isDotGit(part));
  if (odd) throw new RangeError(`not a path in a tree: ${JSON.stringify(path)}`);
  return path;
}
