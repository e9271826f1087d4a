import type Docker from 'dockerode';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fail, ok, type Result } from '../../core/failure.js';
import type { Exceeded } from '../../core/step-limits.js';
import type { SandboxSpec } from '../../app/ports/sandbox.js';
import type { Owner } from '../../app/ports/workspaces.js';
import { MOUNTED_GIT } from '../workspace/private-git.js';
import { removeTree } from '../workspace/remove-tree.js';
import { TreeArchive, entriesBelow, stateOf } from '../workspace/tree-archive.js';
import { TreeUnpacker } from '../workspace/tree-unpacker.js';
import { VolumeWatch } from './volume-watch.js';
import { PATHS, unavailable, type Unavailable } from './layout.js';
import { until } from './process-table.js';

/** Who steps are in a container that does not see this machine's files. */
export const CARRIED: Owner = { uid: 61347, gid: 61347 };
const ROOT: Owner = { uid: 0, gid: 0 };
/** Holds `in` and `out`. */
const HAND_OVER = dirname(PATHS.in);
/** The folders of a container that are carried; each is a volume of its own, which goes with the container. */
export const VOLUMES = [PATHS.workspace, MOUNTED_GIT, HAND_OVER] as const;
const OPEN_MS = 10_000;
const ALTERNATES = 'objects/info/alternates';

type States = Map<string, string>;

/**
 * Carries a step's folders into a container and back, as archives: for engines that are not on this machine, or see its files as another user's. The
 * private git directory gets a pack of what its commit reaches, and never comes back.
 */
export class Carriage {
  /** What the container was given, as it lay on this machine. */
  #tree: States = new Map();
  #out: States = new Map();
  /** What of it comes back holds, as it was carried last, and what does not come back. */
  #bytes = 0;
  #rest = 0;
  #stale = false;
  /** Looks at what a command writes there while it runs. */
  readonly watch: VolumeWatch;

  /** `owner` is whose the files on this machine are. */
  constructor(
    engine: Docker,
    private readonly container: Docker.Container,
    private readonly spec: SandboxSpec,
    private readonly owner: Owner,
    private readonly searchPath: string,
  ) {
    this.watch = new VolumeWatch(engine, container, () => this.#bytes + this.#rest, spec.limits);
  }

  /** Whether the container holds what the folders on this machine do. More in the output folder can be brought. */
  isCurrent(): boolean {
    const out = this.#outNow();
    return (
      !this.#stale &&
      same(this.#tree, this.#treeNow()) &&
      [...this.#out].every(([path, state]) => out.get(path) === state)
    );
  }

  /** What is in the container now is not what is on this machine, and is not wanted. */
  forget(): void {
    this.#stale = true;
  }

  /** Fills a container that has not been started. Throws what the engine says. */
  async load(): Promise<Result<null>> {
    const { workspace, inDir } = this.spec;
    this.#bytes += await this.#carry(PATHS.workspace, async (archive) => {
      await archive.file('.git', readFileSync(join(workspace.dir, '.git')), ROOT);
      for (const entry of entriesBelow(workspace.dir, '.git')) {
        await archive.add(workspace.dir, entry);
      }
    });
    const packed = await this.#pack();
    if (!packed.ok) return packed;
    try {
      this.#rest += await this.#carry(MOUNTED_GIT, async (archive) => {
        for (const entry of entriesBelow(workspace.gitDir, ALTERNATES)) await archive.add(workspace.gitDir, entry);
        for (const name of readdirSync(packed.value))
          await archive.file(`objects/pack/${name}`, readFileSync(join(packed.value, name)), ROOT, { mode: 0o444 });
      });
    } finally {
      removeTree(packed.value);
    }
    this.#rest += await this.#carry(HAND_OVER, async (archive) => {
      await archive.folder('in', 0o755, ROOT);
      for (const entry of entriesBelow(inDir)) await archive.add(inDir, entry, `in/${entry.path}`, ROOT);
      await archive.folder('out');
    });
    this.#tree = this.#treeNow();
    return ok(null);
  }

  /**
   * Lets steps write to the folders that they work in, once the container runs and before anything else does. The work tree's is root's and
   * sticky, so that a step can make what it likes there and cannot touch `.git`. An archive has no say in the folder that it is unpacked into.
   */
  async open(): Promise<Unavailable | null> {
    const script = `chmod 1777 ${PATHS.workspace} && chmod 0777 ${MOUNTED_GIT}`;
    const exec = await this.container.exec({ Cmd: ['/bin/sh', '-c', script], User: '0:0', AttachStdout: true });
    const stream = await exec.start({});
    stream.resume();
    await finished(stream);
    let exitCode: number | null = null;
    await until(async () => {
      const { Running, ExitCode } = await exec.inspect();
      exitCode = ExitCode;
      return !Running;
    }, OPEN_MS);
    if (exitCode === 0) return null;
    return unavailable(
      'docker',
      'the image has no /bin/sh with a chmod',
      'Name an image that has them as `sandbox.image`.',
    );
  }

  /** Brings a script of the input folder, and what is new in the output folder. */
  async bring(script: string): Promise<void> {
    const { inDir, outDir } = this.spec;
    this.#bytes += await this.#carry(HAND_OVER, async (archive) => {
      await archive.file(`in/${script}`, readFileSync(join(inDir, script)), ROOT);
      for (const entry of entriesBelow(outDir)) {
        if (this.#out.has(entry.path)) continue;
        await archive.add(outDir, entry, `out/${entry.path}`);
      }
    });
  }

  /** Brings back work tree and outputs; for when no process of the step is alive. The limit that they are over, or what is refused of them. */
  async fetch(): Promise<Result<Exceeded | null>> {
    const { workspace, outDir, limits, key } = this.spec;
    const bounds = { bytes: this.#bytes + limits.diskBytes, files: this.#tree.size + limits.files };
    const folders = [
      { place: PATHS.workspace, unpacker: new TreeUnpacker(workspace.dir, 'workspace', this.owner, bounds, '.git') },
      { place: PATHS.out, unpacker: new TreeUnpacker(outDir, 'out', this.owner, bounds) },
    ];
    this.#stale = true;
    for (const { place, unpacker } of folders) {
      const unpacked = await unpacker.unpack(await this.container.getArchive({ path: place }));
      if ('refused' in unpacked) return fail({ class: 'scope-violation', step: key, entries: [unpacked.refused] });
      if ('exceeded' in unpacked) {
        const { limit, used } = unpacked.exceeded;
        return ok({ limit, used, most: limit === 'files' ? limits.files : limits.diskBytes });
      }
    }
    this.#stale = false;
    // What the next command finds there is none of its doing.
    this.#bytes = folders.reduce((sum, { unpacker }) => sum + unpacker.bytes, 0);
    this.#tree = this.#treeNow();
    this.#out = this.#outNow();
    return ok(null);
  }

  /** Answers how many bytes the files of the archive hold. */
  async #carry(path: string, fill: (archive: TreeArchive) => Promise<void>): Promise<number> {
    const archive = new TreeArchive(CARRIED);
    try {
      const sent = this.container.putArchive(archive.stream as unknown as NodeJS.ReadableStream, { path });
      await Promise.all([sent, fill(archive).then(archive.end.bind(archive))]);
      return archive.bytes;
    } catch (error) {
      archive.stream.destroy();
      throw error;
    }
  }

  /** A folder with a pack of all that the commit reaches, and its index. */
  #pack(): Promise<Result<string>> {
    const { gitDir, objectDirs, at } = this.spec.workspace;
    const folder = mkdtempSync(join(dirname(gitDir), 'pack-'));
    const env = {
      PATH: this.searchPath,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_DIR: gitDir,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: objectDirs.map((dir) => JSON.stringify(dir)).join(':'),
    };
    return new Promise((resolve) => {
      const args = ['pack-objects', '--revs', '--quiet', join(folder, 'pack')];
      const child = execFile('git', args, { env }, (error, _stdout, stderr) => {
        if (error === null) {
          resolve(ok(folder));
          return;
        }
        removeTree(folder);
        const exitCode = typeof error.code === 'number' ? error.code : null;
        resolve(fail({ class: 'git-failed', command: 'git pack-objects', exitCode, stderr }));
      });
      child.stdin?.end(`${at}\n`);
    });
  }

  #treeNow(): States {
    const { dir, gitDir } = this.spec.workspace;
    return new Map([
      ...statesOf(dir, '.git'),
      ...[...statesOf(gitDir)].map(([path, state]) => [`\0${path}`, state] as const),
    ]);
  }

  #outNow(): States {
    return statesOf(this.spec.outDir);
  }
}

const statesOf = (dir: string, skip?: string): States =>
  new Map([...entriesBelow(dir, skip)].map((entry) => [entry.path, stateOf(entry)]));

const same = (one: States, other: States): boolean =>
  one.size === other.size && [...one].every(([path, state]) => other.get(path) === state);
