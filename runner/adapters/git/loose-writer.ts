import { join } from 'node:path';
import { fail, ok, type Result } from '../../core/failure.js';
import { epochMs, type CommitId } from '../../core/ids.js';
import { checkedPath, signature, type ImportCommit } from './import-stream.js';
import { GitReadFailed } from './cat-file-answers.js';
import { LooseObjects } from './loose-objects.js';
import { CatFile } from './object-reader.js';
import type { GitPlaces } from './places.js';
import { emptyTree, parseTree, putInTree, writeTreeObjects, type TreeNode } from './tree-builder.js';

/** As much as a few transitions hold. Above it, one pack is quicker than as many loose objects. */
const FILES = 20;
const BYTES = 1024 * 1024;

/** Whether commits are so small that loose objects, written here, are the quickest; git itself would start a process for them. */
export function isSmall(commits: readonly ImportCommit[]): boolean {
  let files = 0;
  let bytes = 0;
  for (const { changes, merges = [] } of commits) {
    if (merges.length > 0) return false;
    files += changes.length;
    for (const { content } of changes) {
      if (content === null) continue;
      if (typeof content === 'function' || 'blob' in content) return false;
      bytes += content.length;
    }
  }
  return commits.length <= FILES && files <= FILES && bytes <= BYTES;
}

/** Writes small chains of commits as loose objects, in process: object for object what `git fast-import` makes of them. */
export class LooseWriter {
  readonly #reader: CatFile;
  readonly #objects: LooseObjects;
  /** The tree that was written last: the next transition mostly goes on from there. */
  #last: { readonly commit: CommitId; readonly root: TreeNode } | null = null;

  constructor(private readonly places: GitPlaces) {
    this.#reader = new CatFile(places);
    this.#objects = new LooseObjects(join(places.projectDir, 'objects'), places.objectFormat, places.self);
  }

  /** One call at a time. `git-failed` for a parent that is not there, for git's reader, and for errors of the file system. */
  async write(parent: CommitId | null, commits: readonly ImportCommit[]): Promise<Result<CommitId>> {
    const known = this.#last?.commit === parent ? this.#last.root : null;
    this.#last = null;
    try {
      const root = known ?? (parent === null ? emptyTree() : await this.#load(`${parent}^{tree}`));
      let tip = parent;
      for (const commit of commits) {
        for (const { path, content } of commit.changes) if (content === null) await this.#put(root, path, null);
        for (const { path, mode, content } of commit.changes) {
          if (content === null || typeof content === 'function' || 'blob' in content) continue;
          await this.#put(root, path, { mode, id: this.#objects.add('blob', content) });
        }
        const tree = writeTreeObjects(root, (raw) => this.#objects.add('tree', raw));
        tip = this.#objects.add('commit', commitText(commit, tree, tip)) as CommitId;
      }
      if (tip === null) throw new RangeError('a chain without a commit');
      await this.#objects.flush();
      this.#last = { commit: tip, root };
      return ok(tip);
    } catch (error) {
      this.#objects.forget();
      const expected = error instanceof GitReadFailed || (error instanceof Error && 'syscall' in error);
      if (!expected) throw error;
      return fail({ class: 'git-failed', command: 'write objects', exitCode: null, stderr: error.message });
    }
  }

  close(): void {
    this.#reader.close();
  }

  #put(root: TreeNode, path: string, blob: { readonly mode: string; readonly id: string } | null): Promise<void> {
    return putInTree(root, checkedPath(path), blob, (id) => this.#load(id));
  }

  async #load(name: string): Promise<TreeNode> {
    const raw = await this.#reader.rawTree(name);
    if (raw === null) throw new GitReadFailed(`${name} is not there`);
    return parseTree(raw, this.places.objectFormat === 'sha1' ? 20 : 32);
  }
}

function commitText({ message, author, committer, at }: ImportCommit, tree: string, parent: string | null): Buffer {
  const seconds = String(Math.floor(epochMs(at) / 1000));
  const head = [
    `tree ${tree}`,
    ...(parent === null ? [] : [`parent ${parent}`]),
    `author ${signature(author)} ${seconds} +0000`,
    `committer ${signature(committer)} ${seconds} +0000`,
  ];
  return Buffer.from(`${head.join('\n')}\n\n${message.replaceAll('\0', '')}`);
}
