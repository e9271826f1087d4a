import type { Result } from '../../core/failure.js';
import { epochMs, type CommitId } from '../../core/ids.js';
import type { OpsCommit, OpsStore, Person } from '../../app/ports/ops.js';
import type { ObjectReader } from '../../app/ports/repository.js';
import type { FastImport } from './fast-import.js';
import type { GitPlaces } from './places.js';
import type { RefSession } from './ref-session.js';
import { follow } from './follow.js';
import { systemClock } from '../clock.js';
import { systemProcesses, type SystemProcesses } from '../processes.js';
import { sweepTemporary } from './temporary.js';

const RUNNER: Person = { name: 'PushPals runner', email: 'runner@pushpals.invalid' };

/** A turn of `follow` that has not begun. */
interface NextTurn {
  readonly turn: Promise<boolean>;
  /** Has it begin now. */
  readonly hurry: AbortController;
}

/** The ops branch in the project's own repository. */
export class GitOpsStore implements OpsStore {
  readonly ref: string;
  /** Commits that we moved the ref on from, one after the other, since the work tree was last brought along. */
  #left = new Set<CommitId>();
  #last: CommitId | null = null;
  /** Nobody else moved the ref in between: where we moved it to, the work tree may have been brought already. */
  #isOurs = true;
  #turn: Promise<unknown> = Promise.resolve();
  #next: NextTurn | null = null;

  constructor(
    private readonly places: GitPlaces,
    private readonly reader: ObjectReader,
    private readonly writer: FastImport,
    private readonly refs: RefSession,
    branch: string,
    private readonly worktree: string,
    private readonly processes: SystemProcesses = systemProcesses(),
  ) {
    this.ref = `refs/heads/${branch}`;
  }

  tip(): Promise<CommitId | null> {
    return this.reader.resolve(this.ref);
  }

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
      // One that cannot be made (a branch of the name of its folder is in the way) must not stop everything else; it is missing then, which has a meaning.
      await this.refs.move(branch.ref, await this.reader.resolve(branch.ref), above.value);
      rest = rest.slice(index + 1);
      tip = written.value;
      if (rest.length === 0) return written;
    }
  }

  #write(parent: CommitId | null, commits: readonly OpsCommit[]): Promise<Result<CommitId>> {
    return this.writer.commit(
      parent,
      commits.map((commit) => ({
        message: messageOf(commit),
        author: commit.author,
        committer: RUNNER,
        at: commit.at,
        merges: commit.merges ?? [],
        changes: commit.files.map(({ path, content }) => ({
          path,
          mode: content !== null && typeof content === 'object' && 'mode' in content ? content.mode : '100644',
          content: typeof content === 'string' ? Buffer.from(content) : content,
        })),
      })),
    );
  }

  async advance(from: CommitId | null, to: CommitId): Promise<Result<boolean>> {
    const moved = await this.refs.move(this.ref, from, to);
    if (!moved.ok || !moved.value) return moved;
    if (from !== this.#last) {
      this.#left = new Set();
      this.#isOurs = false;
    }
    if (from !== null) this.#left.add(from);
    this.#last = to;
    return moved;
  }

  sweep(): readonly string[] {
    return sweepTemporary(this.places, this.processes, epochMs(systemClock.now()));
  }

  follow(withinMs = 0): Promise<boolean> {
    this.#next ??= this.#nextTurn(withinMs);
    const { turn, hurry } = this.#next;
    if (withinMs === 0) hurry.abort();
    return turn;
  }

  /** Waits for a turn of `follow` that was asked for, and has it begin now. */
  async followed(): Promise<void> {
    this.#next?.hurry.abort();
    await this.#turn;
  }

  #nextTurn(withinMs: number): NextTurn {
    const hurry = new AbortController();
    const turn = this.#turn.then(async () => {
      await systemClock.sleep(withinMs, hurry.signal);
      this.#next = null;
      const left = this.#left;
      if (left.size > 0 && this.#isOurs && this.#last !== null) left.add(this.#last);
      this.#left = new Set();
      this.#isOurs = true;
      return follow(this.places, this.reader, this.worktree, this.ref, left, this.processes);
    });
    // Whoever called hears of a failure; the next turn only waits.
    this.#turn = turn.catch(() => undefined);
    return { turn, hurry };
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
