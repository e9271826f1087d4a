import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { fail, ok, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import type { Person } from '../../app/ports.js';
import { epochMs, type Instant } from '../../core/ids.js';
import type { GitPlaces } from './places.js';

export interface FileChange {
  readonly path: string;
  readonly mode: string;
  /** Contents, how to get them, or null to remove the path. */
  readonly content: Uint8Array | (() => Uint8Array) | null;
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

/**
 * One long-lived `git fast-import`. It writes objects into the project's store and moves refs of the runner's own directory only, so what
 * it made is seen by nobody until a ref is moved to it.
 */
export class FastImport {
  #child: ChildProcessWithoutNullStreams | null = null;
  #answers: { resolve: (line: string) => void; reject: (error: ImportEnded) => void }[] = [];
  #text = '';
  #stderr = '';
  #mark = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly places: GitPlaces) {}

  /** Writes a chain of commits on `parent`; when it answers, their objects are on disk. */
  commit(parent: CommitId | null, commits: readonly ImportCommit[]): Promise<Result<CommitId>> {
    const work = this.#turn.then(() => this.#write(parent, commits));
    // The next caller waits for this one to end, well or badly; how it ended is told to this caller.
    this.#turn = work.catch(() => undefined);
    return work;
  }

  async close(): Promise<void> {
    await this.#turn;
    const child = this.#child;
    this.#child = null;
    if (child === null) return;
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end();
    await closed;
  }

  async #write(parent: CommitId | null, commits: readonly ImportCommit[]): Promise<Result<CommitId>> {
    try {
      const child = (this.#child ??= this.#start());
      child.stdin.write('reset refs/pushpals/staging\n\n');
      let from: string | null = parent;
      for (const commit of commits) {
        this.#mark += 1;
        for (const part of commitParts(commit, this.#mark, from)) {
          if (!child.stdin.write(part)) await new Promise((resolve, reject) => {
            const settle = (act: () => void) => () => {
              child.stdin.off('drain', drained);
              child.off('close', ended);
              act();
            };
            const drained = settle(() => { resolve(undefined); });
            const ended = settle(() => { reject(new ImportEnded(this.#stderr, null)); });
            child.stdin.once('drain', drained);
            child.once('close', ended);
          });
        }
        from = `:${String(this.#mark)}`;
      }
      child.stdin.write('checkpoint\n');
      const id = await new Promise<string>((resolve, reject) => {
        this.#answers.push({ resolve, reject });
        child.stdin.write(`get-mark :${String(this.#mark)}\n`);
      });
      return ok(id.trim() as CommitId);
    } catch (error) {
      if (!(error instanceof ImportEnded)) throw error;
      return fail({ class: 'git-failed', command: 'git fast-import', exitCode: error.exitCode, stderr: error.message });
    }
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawn(this.places.git, [...this.places.config, '-c', 'fastimport.unpackLimit=100', 'fast-import', '--quiet', '--force', '--date-format=raw'], { cwd: this.places.runnerDir, env: this.places.runnerEnv, stdio: 'pipe' });
    this.#stderr = '';
    this.#text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString('utf8');
      for (let end = this.#text.indexOf('\n'); end >= 0; end = this.#text.indexOf('\n')) {
        const line = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 1);
        this.#answers.shift()?.resolve(line);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString('utf8')).slice(-4000);
    });
    const lost = (why: string, code: number | null): void => {
      if (this.#child === child) this.#child = null;
      const waiting = this.#answers;
      this.#answers = [];
      for (const { reject } of waiting) reject(new ImportEnded(why || 'it ended by itself', code));
    };
    child.on('error', (error) => { lost(error.message, null); });
    child.on('close', (code) => { lost(this.#stderr.trim(), code); });
    // Its end is told by `close`; a write after that is not news.
    child.stdin.on('error', () => undefined);
    return child;
  }
}

class ImportEnded extends Error {
  constructor(
    message: string,
    readonly exitCode: number | null,
  ) {
    super(message);
  }
}

function* commitParts({ message, author, committer, at, changes, merges = [] }: ImportCommit, mark: number, from: string | null): Generator<string | Uint8Array> {
  const seconds = Math.floor(epochMs(at) / 1000);
  const person = ({ name, email }: Person): string => `${name.replace(/[<>\n\0]/g, ' ').trim()} <${email.replace(/[<>\n\0 ]/g, '')}> ${String(seconds)} +0000`;
  const text = Buffer.from(message);
  yield `commit refs/pushpals/staging\nmark :${String(mark)}\nauthor ${person(author)}\ncommitter ${person(committer)}\ndata ${String(text.length)}\n`;
  yield text;
  yield `\n${from === null ? '' : `from ${from}\n`}${merges.map((merge) => `merge ${merge}\n`).join('')}`;
  // Removals first, so that a file can take the place of a folder and the other way round.
  for (const { path, content } of changes) if (content === null) yield `D ${quoted(path)}\n`;
  for (const { path, mode, content } of changes) {
    if (content === null) continue;
    const bytes = typeof content === 'function' ? content() : content;
    yield `M ${mode} inline ${quoted(path)}\ndata ${String(bytes.length)}\n`;
    yield bytes;
    yield '\n';
  }
  yield '\n';
}

/** A path as fast-import reads it: C-style quoted, so that no name is taken for syntax. */
const quoted = (path: string): string => `"${path.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`;
