import {
  appendFileSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CollectedOutputs, InputFile, LiveLines, RunFiles, StepLog } from '../app/ports/run-files.js';
import type { Owner } from '../app/ports/workspaces.js';
import type { Result } from '../core/failure.js';
import { isUsage } from '../core/agents/usage.js';
import type { RunId, StepKey } from '../core/ids.js';
import { parseJson } from '../core/parse-json.js';
import type { Usage } from '../generated/types.js';
import { collectOutputs } from './collect-outputs.js';
import { removeTree } from './workspace/remove-tree.js';
import { BoundedLog, LIVE_BYTES, LiveFile } from './step-log.js';
import { hasCode, lstatIfThere, readRegular } from './workspace/files.js';

/** The folders of a run under `.pushpals/runs/<run>/`, and what is kept of it for whoever takes it over, under `.pushpals/kept/<run>/`. */
export class LocalRunFiles implements RunFiles {
  /** Steps whose files of lines this process has written to, by their runs. */
  readonly #opened = new Map<RunId, Set<StepKey>>();

  constructor(
    private readonly stateDir: string,
    private readonly self: Owner,
  ) {}

  prepare(
    run: RunId,
    key: string,
    input: unknown,
    owner: Owner,
    files: readonly InputFile[] = [],
  ): Promise<{ inDir: string; outDir: string }> {
    const home = join(this.#home(run), 'io', key);
    const [inDir, outDir] = [join(home, 'in'), join(home, 'out')];
    // A run that is taken up again meets the folders of its dead runner.
    removeTree(home);
    mkdirSync(home, { recursive: true });
    makeFolder(inDir);
    makeFolder(outDir);
    writeInput(inDir, { path: 'order.json', bytes: Buffer.from(`${JSON.stringify(input, null, 2)}\n`) });
    for (const file of files) writeInput(inDir, file);
    this.#give(outDir, owner);
    return Promise.resolve({ inDir, outDir });
  }

  stepOut(outDir: string, step: StepKey, owner: Owner): Promise<string> {
    const place = join(outDir, step);
    // An earlier step of the same sandbox may have put something there, locked the folder, or (on the host) taken it away.
    if (lstatIfThere(outDir)?.isDirectory() !== true) {
      removeTree(outDir);
      mkdirSync(outDir, { recursive: true });
      this.#give(outDir, owner);
    }
    chmodSync(outDir, 0o755);
    removeTree(place);
    makeFolder(place);
    this.#give(place, owner);
    return Promise.resolve(step);
  }

  collect(outDir: string, step: StepKey): Promise<Result<CollectedOutputs>> {
    return Promise.resolve(collectOutputs(outDir, step));
  }

  log(run: RunId, step: StepKey): StepLog {
    const folder = join(this.#home(run), 'logs');
    mkdirSync(folder, { recursive: true });
    return new BoundedLog(join(folder, `${step}.log`));
  }

  transcript(run: RunId, step: StepKey): LiveLines {
    const folder = join(this.#kept(run), TRANSCRIPTS);
    mkdirSync(folder, { recursive: true });
    const place = join(folder, `${step}.ndjson`);
    const opened = this.#opened.get(run) ?? new Set();
    const before = opened.has(step) ? '' : linesLeft(place);
    this.#opened.set(run, opened.add(step));
    const file = new LiveFile(place);
    return {
      before,
      write: (line) => {
        file.write(Buffer.from(line));
      },
      end: () => {
        file.end();
      },
    };
  }

  liveLogs(run: RunId, read: ReadonlyMap<string, number>): Promise<readonly { step: string; bytes: Uint8Array }[]> {
    return this.#live(join(this.#home(run), 'logs'), read);
  }

  liveTranscripts(
    run: RunId,
    read: ReadonlyMap<string, number>,
  ): Promise<readonly { step: string; bytes: Uint8Array }[]> {
    return this.#live(join(this.#kept(run), TRANSCRIPTS), read);
  }

  /** Of files that are called for their steps. */
  #live(folder: string, read: ReadonlyMap<string, number>): Promise<readonly { step: string; bytes: Uint8Array }[]> {
    try {
      const found = readdirSync(folder)
        .map((name) => ({ step: name.replace(/\.(?:log|ndjson)$/, ''), place: join(folder, name) }))
        .map((log) => ({ ...log, startedMs: lstatSync(log.place).birthtimeMs }))
        .sort((a, b) => a.startedMs - b.startedMs)
        .map(({ step, place }) => ({ step, bytes: readFrom(place, read.get(step) ?? 0) }))
        .filter(({ bytes }) => bytes.length > 0);
      return Promise.resolve(found);
    } catch (error) {
      // The run has written none, or ended just now.
      if (hasCode(error, 'ENOENT')) return Promise.resolve([]);
      throw error;
    }
  }

  keepSpent(run: RunId, spent: Usage): void {
    const place = join(this.#kept(run), SPENT);
    mkdirSync(this.#kept(run), { recursive: true });
    // Whoever dies in the midst of it leaves what was there before.
    writeFileSync(`${place}.new`, JSON.stringify(spent));
    renameSync(`${place}.new`, place);
  }

  keptSpent(run: RunId): Usage | null {
    const bytes = readRegular(join(this.#kept(run), SPENT), MOST_SPENT_BYTES);
    const value = bytes === null ? null : parseJson(bytes.toString('utf8'));
    return isUsage(value) ? value : null;
  }

  remove(run: RunId): Promise<void> {
    removeTree(this.#home(run));
    return Promise.resolve();
  }

  forget(run: RunId): Promise<void> {
    this.#opened.delete(run);
    removeTree(this.#kept(run));
    return Promise.resolve();
  }

  async sweep(known: () => Promise<ReadonlySet<RunId>>): Promise<void> {
    const folder = join(this.stateDir, KEPT);
    const found = lstatIfThere(folder) === null ? [] : (readdirSync(folder) as RunId[]);
    if (found.length === 0) return;
    const runs = await known();
    for (const run of found.filter((each) => !runs.has(each))) await this.forget(run);
  }

  #home(run: RunId): string {
    return join(this.stateDir, 'runs', run);
  }

  #kept(run: RunId): string {
    return join(this.stateDir, KEPT, run);
  }

  #give(path: string, owner: Owner): void {
    if (owner.uid !== this.self.uid || owner.gid !== this.self.gid) chownSync(path, owner.uid, owner.gid);
  }
}

const MOST_LEFT = 1024 * 1024;

/** The last whole lines of a file. One that was cut off in the midst of a line is mended by a line break: the next line stands for itself. */
function linesLeft(place: string): string {
  const bytes = readRegular(place, LIVE_BYTES * 2);
  if (bytes === null || bytes.length === 0) return '';
  if (bytes.at(-1) !== NEWLINE) appendFileSync(place, '\n');
  const whole = bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);
  const from = whole.length <= MOST_LEFT ? 0 : whole.indexOf(NEWLINE, whole.length - MOST_LEFT) + 1;
  return whole.subarray(from).toString('utf8');
}

const NEWLINE = 0x0a;
/** What outlives the runner: all else of a run is swept away when that died. */
const KEPT = 'kept';
const TRANSCRIPTS = 'transcripts';
const SPENT = 'spent.json';
const MOST_SPENT_BYTES = 4096;

/** Readable for the sandbox's user, whatever the umask of this process is. */
function makeFolder(path: string): void {
  mkdirSync(path);
  chmodSync(path, 0o755);
}

function writeInput(inDir: string, { path, bytes }: InputFile): void {
  const folders = path.split('/').slice(0, -1);
  for (const [index] of folders.entries()) {
    const folder = join(inDir, ...folders.slice(0, index + 1));
    if (lstatIfThere(folder) === null) makeFolder(folder);
  }
  writeFileSync(join(inDir, path), bytes, { flag: 'wx' });
  chmodSync(join(inDir, path), 0o644);
}

/** At most this much of a log at a time; the rest comes the next time. */
const CHUNK_BYTES = 256 * 1024;

function readFrom(place: string, offset: number): Uint8Array {
  const fd = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const bytes = Buffer.alloc(Math.min(CHUNK_BYTES, Math.max(0, fstatSync(fd).size - offset)));
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, offset));
  } finally {
    closeSync(fd);
  }
}
