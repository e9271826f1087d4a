import {
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
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CollectedOutputs, InputFile, LiveLines, RunFiles, StepLog } from '../app/ports/run-files.js';
import type { Owner } from '../app/ports/workspaces.js';
import type { Result } from '../core/failure.js';
import type { RunId, StepKey } from '../core/ids.js';
import { collectOutputs } from './collect-outputs.js';
import { removeTree } from './workspace/remove-tree.js';
import { BoundedLog, LiveFile } from './step-log.js';
import { hasCode, lstatIfThere } from './workspace/files.js';

/** The folders of a run under `.pushpals/runs/<run>/`. */
export class LocalRunFiles implements RunFiles {
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
    const folder = join(this.#home(run), 'transcripts');
    mkdirSync(folder, { recursive: true });
    const file = new LiveFile(join(folder, `${step}.ndjson`));
    return {
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
    return this.#live(join(this.#home(run), 'transcripts'), read);
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

  remove(run: RunId): Promise<void> {
    removeTree(this.#home(run));
    return Promise.resolve();
  }

  #home(run: RunId): string {
    return join(this.stateDir, 'runs', run);
  }

  #give(path: string, owner: Owner): void {
    if (owner.uid !== this.self.uid || owner.gid !== this.self.gid) chownSync(path, owner.uid, owner.gid);
  }
}

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
