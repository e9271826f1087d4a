import { ok, type Result } from '../../../runner/core/failure.js';
import { epochMs, type CommitId } from '../../../runner/core/ids.js';
import type { OpsCommit, OpsStore, TreeEntry } from '../../../runner/app/ports/ops.js';
import { RUNNER } from '../../../runner/app/tools.js';
import { gitFailed, throwing, type Carry } from '../carry.js';
import type { PeoplesTree } from '../peoples-tree.js';
import { EMPTY_TREE, withFiles, type Blob, type FileMode, type Objects } from './objects.js';
import { moveRef } from './repository.js';
import type { Store } from './store.js';

/** The ops branch of a repository in memory. */
export class SimulatedOpsStore implements OpsStore {
  readonly ref: string;

  constructor(
    private readonly store: Store,
    branch: string,
    private readonly tree: PeoplesTree,
    private readonly carry: Carry,
  ) {
    this.ref = `refs/heads/${branch}`;
  }

  tip(): Promise<CommitId | null> {
    return this.carry({
      what: 'ops.tip',
      effect: () => this.store.resolve(this.ref),
      failing: throwing('git cat-file'),
    });
  }

  /** As many calls as the real one makes: a runner may die between a commit and the branch above it. */
  async append(parent: CommitId | null, commits: readonly OpsCommit[]): Promise<Result<CommitId>> {
    let tip = parent;
    let rest = commits;
    for (;;) {
      const index = rest.findIndex(({ branch }) => branch !== undefined);
      const part = index === -1 ? rest : rest.slice(0, index + 1);
      const written = await this.#write(tip, part);
      const branch = part.at(-1)?.branch;
      if (!written.ok || branch === undefined) return written;
      const above = await this.#write(written.value, [branch.commit]);
      if (!above.ok) return above;
      await this.carry<unknown>({
        what: 'ops.branch',
        about: branch.ref,
        effect: () => moveRef(this.store, branch.ref, this.store.resolve(branch.ref), above.value),
        failing: gitFailed('git update-ref'),
      });
      rest = rest.slice(index + 1);
      tip = written.value;
      if (rest.length === 0) return written;
    }
  }

  #write(parent: CommitId | null, commits: readonly OpsCommit[]): Promise<Result<CommitId>> {
    return this.carry<Result<CommitId>>({
      what: 'ops.append',
      about: commits.map(({ subject }) => subject).join(' | '),
      effect: () => {
        const { objects } = this.store;
        let tip = parent;
        for (const commit of commits) {
          const files = commit.files.map(
            ({ path, content }) => [path, content === null ? null : fileOf(objects, content)] as const,
          );
          tip = objects.commit({
            tree: withFiles(tip === null ? EMPTY_TREE : objects.get(tip).tree, files),
            parents: [...(tip === null ? [] : [tip]), ...(commit.merges ?? [])],
            author: commit.author,
            committer: RUNNER,
            seconds: Math.floor(epochMs(commit.at) / 1000),
            message: messageOf(commit),
          }).id;
        }
        if (tip === null) throw new RangeError('a chain without a commit');
        return ok(tip);
      },
      failing: gitFailed('write objects'),
    });
  }

  advance(from: CommitId | null, to: CommitId): Promise<Result<boolean>> {
    return this.carry({
      what: 'ops.advance',
      about: `${from?.slice(0, 8) ?? 'none'} → ${to.slice(0, 8)}`,
      effect: () => moveRef(this.store, this.ref, from, to),
      // The ref is where nobody left it: the real one looks at what it is now, and takes that for somebody else's doing.
      failing: (done) => (done ? ok(false) : gitFailed('git update-ref')()),
    });
  }

  sweep(): readonly string[] {
    return [];
  }

  follow(): Promise<boolean> {
    return this.carry({
      what: 'ops.follow',
      effect: () => {
        const tip = this.store.resolve(this.ref);
        if (tip !== null) this.tree.follow(this.store.objects.get(tip));
        return true;
      },
      failing: () => false,
    });
  }
}

function fileOf(objects: Objects, content: string | Uint8Array | TreeEntry): { mode: FileMode; blob: Blob } {
  if (typeof content === 'string' || content instanceof Uint8Array)
    return { mode: '100644', blob: objects.blob(content) };
  const blob = objects.blobs.get(content.blob);
  if (blob === undefined) throw new Error(`blob ${content.blob} is missing`);
  return { mode: content.mode as FileMode, blob };
}

function messageOf({ subject, body = '', trailers }: OpsCommit): string {
  const text = body
    .split('\n')
    .map((line) => line.replace(CONTROL, ' ').trimEnd())
    .join('\n')
    .trim();
  const paragraphs = [oneLine(subject), text, trailers.map(([key, value]) => `${key}: ${oneLine(value)}`).join('\n')];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

const oneLine = (text: string): string => text.replace(CONTROL, ' ').trim();
