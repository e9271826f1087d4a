import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { BlobId, CommitId, TreeId } from '../../core/ids.js';
import type { ObjectReader, TreeFile } from '../../app/ports.js';
import type { GitPlaces } from './places.js';

interface Answer {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  /** Null where only `info` was asked, or the object is missing. */
  readonly body: Buffer | null;
}

interface Pending {
  readonly wantsBody: boolean;
  readonly resolve: (answer: Answer | null) => void;
  readonly reject: (error: Error) => void;
}

const MODES: Readonly<Record<string, TreeFile['mode']>> = { '100644': '100644', '100664': '100644', '100755': '100755', '120000': '120000', '160000': '160000' };

/** Reads objects through one long-lived `git cat-file --batch-command`, started when it is first needed. */
export class CatFile implements ObjectReader {
  #child: ChildProcessWithoutNullStreams | null = null;
  #pending: Pending[] = [];
  #chunks: Buffer[] = [];
  #length = 0;
  #header: Answer | null = null;

  constructor(private readonly places: GitPlaces) {}

  async resolve(ref: string): Promise<CommitId | null> {
    const answer = await this.#ask('info', `${ref}^{commit}`);
    return answer?.type === 'commit' ? (answer.id as CommitId) : null;
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
        const info = await this.#ask('info', id);
        if (info === null) throw new Error(`object ${id} is missing: the repository is damaged`);
        const body = info.size > maxBytes ? null : await this.#ask('contents', id);
        contents.set(id, body?.body ?? null);
      }),
    );
    return contents;
  }

  /** The parsed headers and message of a commit. */
  async commit(id: CommitId): Promise<{ readonly tree: TreeId; readonly message: string }> {
    const answer = await this.#ask('contents', id);
    const text = answer?.body?.toString('utf8') ?? '';
    const tree = /^tree ([0-9a-f]+)/.exec(text)?.[1];
    if (tree === undefined) throw new Error(`commit ${id} is missing: the repository is damaged`);
    return { tree: tree as TreeId, message: text.slice(text.indexOf('\n\n') + 2) };
  }

  close(): void {
    this.#child?.stdin.end();
    this.#child = null;
  }

  async #below(commit: CommitId, path: string): Promise<readonly TreeFile[]> {
    const info = await this.#ask('info', `${commit}:${path}`);
    if (info === null) return [];
    if (info.type === 'tree') return this.#walk(info.id, path === '' ? '' : `${path}/`);
    // A path that names a file: its mode is in the tree above it.
    const slash = path.lastIndexOf('/');
    const above = await this.#ask('contents', `${commit}:${path.slice(0, Math.max(0, slash))}`);
    const entry = entriesOf(above?.body ?? Buffer.alloc(0), info.id.length / 2).find(({ name }) => name === path.slice(slash + 1));
    const mode = MODES[entry?.mode ?? ''];
    return mode === undefined ? [] : [{ path, mode, blob: info.id as BlobId }];
  }

  async #walk(tree: string, prefix: string): Promise<readonly TreeFile[]> {
    const answer = await this.#ask('contents', tree);
    if (answer?.body == null) throw new Error(`tree ${tree} is missing: the repository is damaged`);
    const parts = await Promise.all(
      entriesOf(answer.body, tree.length / 2).map(({ mode, name, id }): Promise<readonly TreeFile[]> | readonly TreeFile[] => {
        if (mode === '40000') return this.#walk(id, `${prefix}${name}/`);
        const known = MODES[mode];
        return known === undefined ? [] : [{ path: prefix + name, mode: known, blob: id as BlobId }];
      }),
    );
    return parts.flat();
  }

  #ask(command: 'info' | 'contents', name: string): Promise<Answer | null> {
    if (/[\n\0]/.test(name)) return Promise.reject(new RangeError('an object name with a line end'));
    return new Promise((resolve, reject) => {
      const child = (this.#child ??= this.#start());
      this.#pending.push({ wantsBody: command === 'contents', resolve, reject });
      child.stdin.write(`${command} ${name}\n`);
    });
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawn(this.places.git, [...this.places.config, 'cat-file', '--batch-command'], { env: this.places.projectEnv, stdio: 'pipe', cwd: this.places.runnerDir });
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
      this.#drain();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-4000);
    });
    const lost = (why: string): void => {
      if (this.#child === child) this.#child = null;
      const waiting = this.#pending;
      this.#pending = [];
      for (const { reject } of waiting) reject(new Error(`git cat-file ended: ${why}`));
    };
    child.on('error', (error) => { lost(error.message); });
    child.on('close', (code) => { lost(`exit code ${String(code)} ${stderr}`); });
    // Its end is told by `close`; a write after that is not news.
    child.stdin.on('error', () => undefined);
    child.unref();
    return child;
  }

  #drain(): void {
    for (;;) {
      if (this.#header === null) {
        const line = this.#takeLine();
        if (line === null) return;
        const [id = '', type = '', size = ''] = line.split(' ');
        const asked = this.#pending[0];
        if (asked === undefined) throw new Error('git cat-file answered without being asked');
        if (type === 'missing' || type === 'ambiguous' || line.endsWith(' missing') || line.endsWith(' ambiguous')) {
          this.#pending.shift()?.resolve(null);
          continue;
        }
        const answer: Answer = { id, type, size: Number(size), body: null };
        if (!asked.wantsBody) {
          this.#pending.shift()?.resolve(answer);
          continue;
        }
        this.#header = answer;
      }
      const body = this.#take(this.#header.size + 1);
      if (body === null) return;
      this.#pending.shift()?.resolve({ ...this.#header, body: body.subarray(0, -1) });
      this.#header = null;
    }
  }

  #takeLine(): string | null {
    let offset = 0;
    for (const chunk of this.#chunks) {
      const at = chunk.indexOf(10);
      if (at >= 0) return this.#take(offset + at + 1)?.subarray(0, -1).toString('utf8') ?? null;
      offset += chunk.length;
    }
    return null;
  }

  /** The first `size` bytes of what has come; null if less has. */
  #take(size: number): Buffer | null {
    if (this.#length < size) return null;
    const parts: Buffer[] = [];
    let missing = size;
    while (missing > 0) {
      const chunk = this.#chunks[0];
      if (chunk === undefined) break;
      if (chunk.length <= missing) {
        parts.push(chunk);
        this.#chunks.shift();
        missing -= chunk.length;
      } else {
        parts.push(chunk.subarray(0, missing));
        this.#chunks[0] = chunk.subarray(missing);
        missing = 0;
      }
    }
    this.#length -= size;
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }
}

/** The entries of a raw tree object; `idBytes` is 20 or 32. */
export function entriesOf(raw: Buffer, idBytes: number): readonly { readonly mode: string; readonly name: string; readonly id: string }[] {
  const entries: { mode: string; name: string; id: string }[] = [];
  for (let at = 0; at < raw.length; ) {
    const space = raw.indexOf(32, at);
    const nul = raw.indexOf(0, space);
    entries.push({ mode: raw.toString('latin1', at, space), name: raw.toString('utf8', space + 1, nul), id: raw.toString('hex', nul + 1, nul + 1 + idBytes) });
    at = nul + 1 + idBytes;
  }
  return entries;
}
