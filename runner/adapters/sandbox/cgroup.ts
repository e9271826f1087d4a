import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '/sys/fs/cgroup';

export interface Limits {
  readonly memoryBytes: number;
  readonly pids: number;
  readonly cpus: number;
}

/** Control groups of one sandbox, in either version's layout. Only root can make them; see `canLimit`. */
export class ControlGroup {
  readonly #folders: readonly string[];

  constructor(name: string, { memoryBytes, pids, cpus }: Limits) {
    const set = (folder: string, file: string, value: string): void => {
      if (existsSync(join(folder, file))) writeFileSync(join(folder, file), value);
    };
    const make = (controller: string): string => {
      const folder = join(ROOT, controller, 'pushpals', name);
      mkdirSync(folder, { recursive: true });
      return folder;
    };
    if (isUnified()) {
      const folder = make('');
      for (const above of [ROOT, join(ROOT, 'pushpals')]) writeFileSync(join(above, 'cgroup.subtree_control'), '+memory +pids +cpu');
      set(folder, 'memory.max', String(memoryBytes));
      set(folder, 'memory.swap.max', '0');
      set(folder, 'pids.max', String(pids));
      set(folder, 'cpu.max', `${String(Math.round(cpus * 100_000))} 100000`);
      this.#folders = [folder];
    } else {
      const folders = ['memory', 'pids', 'cpu'].filter((controller) => existsSync(join(ROOT, controller))).map(make);
      for (const folder of folders) {
        set(folder, 'memory.limit_in_bytes', String(memoryBytes));
        set(folder, 'memory.memsw.limit_in_bytes', String(memoryBytes));
        set(folder, 'pids.max', String(pids));
        set(folder, 'cpu.cfs_quota_us', String(Math.round(cpus * 100_000)));
      }
      this.#folders = folders;
    }
  }

  /** Files into which a process writes its id to join. */
  get joinFiles(): readonly string[] {
    return this.#folders.map((folder) => join(folder, 'cgroup.procs'));
  }

  members(): readonly number[] {
    return [...new Set(this.joinFiles.flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number)))];
  }

  /** How often a member was ended for want of memory. */
  outOfMemory(): number {
    const counts = this.#folders.flatMap((folder) =>
      ['memory.events', 'memory.oom_control'].flatMap((file) => {
        const place = join(folder, file);
        return existsSync(place) ? [Number(/^oom_kill (\d+)$/m.exec(readFileSync(place, 'utf8'))?.[1] ?? 0)] : [];
      }),
    );
    return Math.max(0, ...counts);
  }

  /** Removes the group, whose members are gone. */
  remove(): void {
    for (const folder of this.#folders) rmdirSync(folder);
  }
}

const isUnified = (): boolean => existsSync(join(ROOT, 'cgroup.controllers'));

/** Whether control groups can be made here: by root, where they are mounted. */
export function canLimit(uid: number): boolean {
  return uid === 0 && (isUnified() || existsSync(join(ROOT, 'pids')));
}

/** The names of the groups that runners made. */
export function controlGroups(): readonly string[] {
  const folder = isUnified() ? join(ROOT, 'pushpals') : join(ROOT, 'pids', 'pushpals');
  return existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) : [];
}
