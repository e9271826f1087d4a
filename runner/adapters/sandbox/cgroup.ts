import { existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StepLimits } from '../../core/step-limits.js';
import { codeOf, readVolatile, runs, sendKill, until } from './process-table.js';

const ROOT = '/sys/fs/cgroup';
const OURS = 'pushpals';
const CONTROLLERS = ['memory', 'pids', 'cpu'] as const;
/** What the kernel answers where control groups are not ours to make: no rights, mounted read-only, or another one's to divide. */
const NOT_OURS = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EBUSY', 'EINVAL', 'EOPNOTSUPP', 'ENOTSUP'];
const KILL_MS = 10_000;

type Limits = Pick<StepLimits, 'memoryBytes' | 'pids' | 'cpus'>;

/** A control group of this machine, in either version's layout: one folder in the second, one a controller in the first. */
export class ControlGroup {
  private constructor(private readonly folders: readonly string[]) {}

  /** Makes a group with limits. Null where that is not possible: not root, no control groups, or a read-only mount. */
  static make(name: string, limits: Limits): ControlGroup | null {
    const group = ControlGroup.named(name);
    if (group.folders.length === 0) return null;
    try {
      if (isUnified()) {
        mkdirSync(join(ROOT, OURS), { recursive: true });
        for (const above of [ROOT, join(ROOT, OURS)])
          writeFileSync(join(above, 'cgroup.subtree_control'), CONTROLLERS.map((each) => `+${each}`).join(' '));
      }
      for (const folder of group.folders) {
        mkdirSync(folder, { recursive: true });
        for (const [file, value] of settings(limits)) {
          const place = join(folder, file);
          if (existsSync(place)) writeFileSync(place, value);
        }
      }
      return group;
    } catch (error) {
      if (!NOT_OURS.includes(codeOf(error) ?? '')) throw error;
      group.remove();
      return null;
    }
  }

  /** The groups that a process is in; null if they cannot be seen from here, or are not the ones of that name. */
  static of(pid: number, name: string): ControlGroup | null {
    const lines = (readVolatile(`/proc/${String(pid)}/cgroup`) ?? '').split('\n').map((line) => line.split(':'));
    const folders = lines.flatMap(([, controllers = '', ...path]) => {
      const place = path.join(':');
      if (!place.includes(name)) return [];
      if (controllers === '') return isUnified() ? [join(ROOT, place)] : [];
      return CONTROLLERS.filter((each) => controllers.split(',').includes(each)).map((each) => join(ROOT, each, place));
    });
    const group = new ControlGroup(folders);
    return group.count() === null ? null : group;
  }

  /** A group of ours by its name, whether there is one or not. */
  static named(name: string): ControlGroup {
    return new ControlGroup(homes().map((home) => join(home, name)));
  }

  /** The names of our groups that fit. */
  static names(fits: (name: string) => boolean): readonly string[] {
    const entries = homes().flatMap((home) => (existsSync(home) ? readdirSync(home, { withFileTypes: true }) : []));
    return [...new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name))].filter(fits);
  }

  /** Files into which a process writes its id to join. */
  get joinFiles(): readonly string[] {
    return this.folders.map((folder) => join(folder, 'cgroup.procs'));
  }

  /** How many tasks there are, counted by the kernel at one instant; null if nothing counts them. */
  count(): number | null {
    const counts = this.folders.flatMap((folder) => readVolatile(join(folder, 'pids.current')) ?? []);
    return counts[0] === undefined ? null : Number(counts[0]);
  }

  /** How often a member was ended for want of memory. */
  outOfMemory(): number {
    const files = this.folders.flatMap((folder) =>
      ['memory.events', 'memory.oom_control'].map((file) => join(folder, file)),
    );
    return Math.max(0, ...files.map((file) => Number(/^oom_kill (\d+)$/m.exec(readVolatile(file) ?? '')?.[1] ?? 0)));
  }

  /** How often a member was refused another process. */
  refused(): number {
    const found = this.folders.flatMap((folder) => readVolatile(join(folder, 'pids.events')) ?? []);
    return Number(/^max (\d+)$/m.exec(found[0] ?? '')?.[1] ?? 0);
  }

  /** The processes in it. */
  members(): readonly number[] {
    const files = this.joinFiles.map((file) => readVolatile(file) ?? '');
    return [...new Set(files.flatMap((text) => text.split('\n').filter(Boolean).map(Number)))];
  }

  /** Ends every member. False if one is still there after ten seconds. */
  async end(): Promise<boolean> {
    if (this.members().length === 0) return true;
    // None can start another while it is being looked for.
    for (const folder of this.folders)
      if (existsSync(join(folder, 'pids.max'))) writeFileSync(join(folder, 'pids.max'), '0');
    return until(() => {
      const found = this.members().filter(runs);
      found.forEach(sendKill);
      return found.length === 0;
    }, KILL_MS);
  }

  /** Removes the group; false if it has members. */
  remove(): boolean {
    return this.folders.map(removed).every(Boolean);
  }
}

function removed(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    if (['EBUSY', 'ENOTEMPTY', 'EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

function settings({ memoryBytes, pids, cpus }: Limits): readonly (readonly [file: string, value: string])[] {
  const period = 100_000;
  const quota = String(Math.max(1_000, Math.round(cpus * period)));
  return [
    ['pids.max', String(pids)],
    ['memory.max', String(memoryBytes)],
    ['memory.swap.max', '0'],
    ['cpu.max', `${quota} ${String(period)}`],
    ['memory.limit_in_bytes', String(memoryBytes)],
    ['memory.memsw.limit_in_bytes', String(memoryBytes)],
    ['cpu.cfs_quota_us', quota],
  ];
}

const isUnified = (): boolean => existsSync(join(ROOT, 'cgroup.controllers'));

/** The folders that hold our groups. */
function homes(): readonly string[] {
  if (isUnified()) return [join(ROOT, OURS)];
  return CONTROLLERS.map((each) => join(ROOT, each))
    .filter((path) => existsSync(path))
    .map((path) => join(path, OURS));
}
