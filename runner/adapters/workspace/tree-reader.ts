import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SnapshotLimits, TreeFile } from '../../app/ports.js';
import { refusedName } from './entry-names.js';
import { blobId, lstatIfThere, readLink, readRegular } from './files.js';
import type { FileChange } from '../git/import-stream.js';
import { isIgnored, type IgnoreRules } from './ignore-rules.js';
import type { StatCache } from './stat-cache.js';
import { rulesIn } from './tree-writer.js';

export interface Refused {
  readonly path: string;
  readonly why: string;
}

export interface TreeRead {
  readonly changes: readonly FileChange[];
  readonly refused: readonly Refused[];
  readonly leftIgnored: boolean;
}

/** The most refused entries that are named. */
const NAMED = 50;

/**
 * What differs between a folder that a step wrote to and the commit it started from. Walks with lstat only, follows nothing, and
 * refuses whatever git would act on (repositories in the tree), whatever is no file, and whatever is beyond the limits. Run it
 * only when the step's processes are gone.
 */
export class TreeReader {
  readonly #changes: FileChange[] = [];
  readonly #refused: Refused[] = [];
  readonly #seen = new Set<string>();
  readonly #base: ReadonlyMap<string, TreeFile>;
  readonly #trackedFolders = new Set<string>(['']);
  #leftIgnored = false;
  #files = 0;
  #bytes = 0;

  constructor(
    private readonly dir: string,
    base: readonly TreeFile[],
    private readonly format: 'sha1' | 'sha256',
    private readonly cache: StatCache,
    private readonly limits: SnapshotLimits,
  ) {
    this.#base = new Map(base.map((file) => [file.path, file]));
    for (const { path } of base)
      for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
        this.#trackedFolders.add(path.slice(0, slash));
  }

  read(): TreeRead {
    this.#folder('', null);
    for (const [path, { mode }] of this.#base) {
      if (mode === '160000' || this.#seen.has(path)) continue;
      this.cache.forget(path);
      this.#changes.push({ path, mode, content: null });
    }
    return { changes: this.#changes, refused: this.#refused, leftIgnored: this.#leftIgnored };
  }

  #refuse(path: string, why: string): void {
    if (this.#refused.length < NAMED) this.#refused.push({ path, why });
  }

  #folder(folder: string, above: IgnoreRules | null): void {
    const rules = rulesIn(this.dir, folder, above);
    for (const entry of readdirSync(join(this.dir, folder), { withFileTypes: true })) {
      if (this.#files > this.limits.maxFiles || this.#refused.length >= NAMED) return;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (path === '.git') continue;
      const tracked = this.#base.get(path);
      if (entry.isDirectory()) {
        if (tracked?.mode === '160000') this.#submodule(path);
        else if (!this.#trackedFolders.has(path) && isIgnored(rules, `${path}/`)) this.#leftIgnored = true;
        else
          this.#named(path, entry.name, () => {
            this.#folder(path, rules);
          });
      } else if (tracked === undefined && isIgnored(rules, path)) {
        this.#leftIgnored = true;
      } else {
        this.#named(path, entry.name, () => {
          this.#file(path, tracked);
        });
      }
    }
  }

  #named(path: string, name: string, take: () => void): void {
    const why = refusedName(name);
    if (why === null) take();
    else this.#refuse(path, why);
  }

  #submodule(path: string): void {
    if (readdirSync(join(this.dir, path)).length > 0)
      this.#refuse(path, 'the contents of a submodule cannot be changed from here');
  }

  #file(path: string, tracked: TreeFile | undefined): void {
    this.#files += 1;
    if (this.#files > this.limits.maxFiles) {
      this.#refuse(path, `there are more than ${String(this.limits.maxFiles)} files`);
      return;
    }
    const place = join(this.dir, path);
    const stat = lstatIfThere(place);
    if (stat === null) return;
    if (!stat.isFile() && !stat.isSymbolicLink()) {
      this.#refuse(path, 'it is neither a file nor a link');
      return;
    }
    this.#seen.add(path);
    const mode = stat.isSymbolicLink() ? '120000' : (stat.mode & 0o100) !== 0 ? '100755' : '100644';
    const known = this.cache.idOf(path, stat);
    if (known !== null && tracked?.blob === known && tracked.mode === mode) return;
    if (stat.size > this.limits.maxFileBytes) {
      this.#refuse(path, `it is larger than ${String(this.limits.maxFileBytes)} bytes`);
      return;
    }
    const read = (): Buffer | null =>
      mode === '120000' ? readLink(place) : readRegular(place, this.limits.maxFileBytes);
    const content = read();
    if (content === null) {
      this.#refuse(path, 'it changed while it was read');
      return;
    }
    const id = blobId(content, this.format);
    this.cache.learn(path, stat, id);
    if (tracked?.blob === id && tracked.mode === mode) return;
    if (path === '.gitmodules' && mode === '120000') {
      this.#refuse(path, 'git refuses it as a link');
      return;
    }
    this.#bytes += content.length;
    if (this.#bytes > this.limits.maxTotalBytes) {
      this.#refuse(path, `the changes are larger than ${String(this.limits.maxTotalBytes)} bytes`);
      return;
    }
    // Read again when it is written: a thousand large files are never held at once.
    this.#changes.push({
      path,
      mode,
      content: () => {
        const again = read();
        if (again === null || blobId(again, this.format) !== id)
          throw new Error(`${path} changed though no process of the step was alive`);
        return again;
      },
    });
  }
}
