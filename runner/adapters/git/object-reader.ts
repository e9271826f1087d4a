import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { instant, type BlobId, type CommitId, type Instant, type TreeId } from '../../core/ids.js';
import type { ObjectReader, TreeFile } from '../../app/ports/repository.js';
import { AnswerParser, GitReadFailed, type Answer, type Asked } from './cat-file-answers.js';
import type { GitPlaces } from './places.js';
import { refExists, isRefName } from './refs.js';

interface Session {
  readonly child: ChildProcessWithoutNullStreams;
  readonly asked: Asked[];
}

/** The end of the year 9999: a commit may name any second, and later ones have no instant. */
const LAST_SECOND = 253_402_300_799;

const MODES: Readonly<Record<string, TreeFile['mode']>> = {
  '100644': '100644',
  '100664': '100644',
  '100755': '100755',
  '120000': '120000',
  '160000': '160000',
};

/**
 * Reads objects through one long-lived `git cat-file --batch-command`, started when it is first needed and again when it
 * has died. Reads that cannot be answered throw `GitReadFailed`: the repository is damaged, or git is.
 */
export class CatFile implements ObjectReader {
  #session: Session | null = null;

  constructor(private readonly places: GitPlaces) {}

  async resolve(ref: string): Promise<CommitId | null> {
    if (!isRefName(ref)) return null;
    const answer = await this.#ask('info', `${ref}^{commit}`);
    if (answer?.type !== 'commit' || !(await refExists(this.places, ref))) return null;
    return answer.id as CommitId;
  }

  async tree(commit: CommitId, folder = ''): Promise<TreeId | null> {
    const answer = await this.#ask('info', `${commit}:${folder}`);
    return answer?.type === 'tree' ? (answer.id as TreeId) : null;
  }

  async files(commit: CommitId, paths: readonly string[]): Promise<readonly TreeFile[]> {
    const found = await Promise.all(paths.map((path) => this.#below(commit, path)));
    return found.flat();
  }

  async blobs(ids: readonly BlobId[], maxBytes = 64 * 1024 * 1024): Promise<ReadonlyMap<BlobId, Uint8Array | null>> {
    const contents = new Map<BlobId, Uint8Array | null>();
    await Promise.all(
      [...new Set(ids)].map(async (id) => {
        const answer = await this.#ask('contents', id, maxBytes);
        if (answer === null) throw new GitReadFailed(`object ${id} is missing: the repository is damaged`);
        contents.set(id, answer.body);
      }),
    );
    return contents;
  }

  /** The parsed headers and message of a commit. */
  async commit(id: CommitId): Promise<{
    readonly tree: TreeId;
    readonly parents: readonly CommitId[];
    readonly committer: string;
    readonly at: Instant;
    readonly message: string;
  }> {
    const answer = await this.#ask('contents', id);
    const text = answer?.body?.toString('utf8') ?? '';
    const tree = /^tree ([0-9a-f]+)/.exec(text)?.[1];
    if (tree === undefined) throw new GitReadFailed(`commit ${id} is missing: the repository is damaged`);
    const [headers = ''] = text.split('\n\n', 1);
    const [, committer = '', seconds = '0'] = /^committer .*<([^<>]*)> (\d+) [+-]\d+$/m.exec(headers) ?? [];
    return {
      tree: tree as TreeId,
      parents: [...headers.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent = '']) => parent as CommitId),
      committer,
      at: instant(Math.min(Number(seconds), LAST_SECOND) * 1000),
      message: text.slice(headers.length + 2),
    };
  }

  /** A tree object as it is; null if there is none of that name. */
  async rawTree(name: string): Promise<Buffer | null> {
    const answer = await this.#ask('contents', name);
    return answer?.type === 'tree' ? answer.body : null;
  }

  close(): void {
    this.#session?.child.stdin.end();
    this.#session = null;
  }

  async #below(commit: CommitId, path: string): Promise<readonly TreeFile[]> {
    const info = await this.#ask('info', `${commit}:${path}`);
    if (info === null) return [];
    if (info.type === 'tree') return this.#walk(info.id, path === '' ? '' : `${path}/`);
    // A path that names a file: its mode is in the tree above it.
    const slash = path.lastIndexOf('/');
    const above = await this.#ask('contents', `${commit}:${path.slice(0, Math.max(0, slash))}`);
    const entry = entriesOf(above?.body ?? Buffer.alloc(0), info.id.length / 2).find(
      ({ name }) => name === path.slice(slash + 1),
    );
    const mode = MODES[entry?.mode ?? ''];
    return mode === undefined ? [] : [{ path, mode, blob: info.id as BlobId }];
  }

  async #walk(tree: string, prefix: string, found: TreeFile[] = []): Promise<readonly TreeFile[]> {
    const answer = await this.#ask('contents', tree);
    if (answer?.body == null) throw new GitReadFailed(`tree ${tree} is missing: the repository is damaged`);
    const below: Promise<unknown>[] = [];
    for (const { mode, name, id } of entriesOf(answer.body, tree.length / 2)) {
      const known = MODES[mode];
      if (mode === '40000') below.push(this.#walk(id, `${prefix}${name}/`, found));
      else if (known !== undefined) found.push({ path: prefix + name, mode: known, blob: id as BlobId });
    }
    await Promise.all(below);
    return found;
  }

  #ask(command: 'info' | 'contents', name: string, maxBytes = Infinity): Promise<Answer | null> {
    // The protocol has a line for each question; such a name would ask two.
    if (/[\n\0]/.test(name)) return Promise.reject(new RangeError(`a name with a line end: ${JSON.stringify(name)}`));
    return new Promise((resolve, reject) => {
      const session = (this.#session ??= this.#start());
      session.asked.push({ maxBytes: command === 'contents' ? maxBytes : null, resolve, reject });
      session.child.stdin.write(`${command} ${name}\n`);
    });
  }

  #start(): Session {
    const child = spawn(this.places.git, [...this.places.config, 'cat-file', '--batch-command'], {
      env: this.places.projectEnv,
      // A Ctrl-C at the terminal is for the runner, which still has to write down what it ends.
      detached: true,
      stdio: 'pipe',
      cwd: this.places.runnerDir,
    });
    const session: Session = { child, asked: [] };
    const parser = new AnswerParser(session.asked);
    let stderr = '';
    const lost = (why: string): void => {
      if (this.#session === session) this.#session = null;
      for (const { reject } of session.asked.splice(0)) reject(new GitReadFailed(`git cat-file ended: ${why}`));
    };
    child.stdout.on('data', (chunk: Buffer) => {
      if (parser.take(chunk)) return;
      child.kill('SIGKILL');
      lost('it answered without being asked');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-4000);
    });
    child.on('error', (error) => {
      lost(error.message);
    });
    child.on('close', (code) => {
      lost(`exit code ${String(code)} ${stderr}`);
    });
    // Its end is told by `close`; a write after that is not news.
    child.stdin.on('error', () => undefined);
    return session;
  }
}

/** The entries of a raw tree object; `idBytes` is 20 or 32. A name that is not UTF-8 holds U+FFFD here. */
export function entriesOf(
  raw: Buffer,
  idBytes: number,
): readonly { readonly mode: string; readonly name: string; readonly id: string }[] {
  const entries: { mode: string; name: string; id: string }[] = [];
  for (let at = 0; at < raw.length;) {
    const space = raw.indexOf(32, at);
    const nul = raw.indexOf(0, space);
    entries.push({
      mode: raw.toString('latin1', at, space),
      name: raw.toString('utf8', space + 1, nul),
      id: raw.toString('hex', nul + 1, nul + 1 + idBytes),
    });
    at = nul + 1 + idBytes;
  }
  return entries;
}
