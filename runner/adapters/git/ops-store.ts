import { ok, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import type { OpsCommit, OpsStore, Person } from '../../app/ports/ops.js';
import type { ObjectReader } from '../../app/ports/repository.js';
import type { FastImport } from './fast-import.js';
import type { GitPlaces } from './places.js';
import { RefSession } from './ref-session.js';
import { follow } from './follow.js';

const RUNNER: Person = { name: 'PushPals runner', email: 'runner@pushpals.invalid' };

/** The ops branch in the project's own repository. */
export class GitOpsStore implements OpsStore {
  readonly ref: string;
  readonly #refs: RefSession;

  constructor(
    private readonly places: GitPlaces,
    private readonly reader: ObjectReader,
    private readonly writer: FastImport,
    branch: string,
    private readonly worktree: string,
  ) {
    this.ref = `refs/heads/${branch}`;
    this.#refs = new RefSession(places);
  }

  tip(): Promise<CommitId | null> {
    return this.reader.resolve(this.ref);
  }

  append(parent: CommitId | null, commits: readonly OpsCommit[]): Promise<Result<CommitId>> {
    return this.writer.commit(
      parent,
      commits.map((commit) => ({
        message: messageOf(commit),
        author: commit.author,
        committer: RUNNER,
        at: commit.at,
        changes: commit.files.map(({ path, content }) => ({
          path,
          mode: '100644',
          content: typeof content === 'string' ? Buffer.from(content) : content,
        })),
      })),
    );
  }

  async advance(from: CommitId | null, to: CommitId): Promise<Result<{ moved: boolean; followed: boolean }>> {
    const moved = await this.#refs.move(this.ref, from, to);
    if (!moved.ok) return moved;
    if (!moved.value) return ok({ moved: false, followed: true });
    return ok({ moved: true, followed: await follow(this.places, this.reader, this.worktree, this.ref, from) });
  }
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

/** Control characters, those that change the direction of text, and what else ends a line. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

const oneLine = (text: string): string => text.replace(CONTROL, ' ').trim();
