import type { Stats } from 'node:fs';
import { join } from 'node:path';
import type { TreeFile } from '../../app/ports/repository.js';
import type { SnapshotLimits } from '../../app/ports/workspaces.js';
import type { FileChange } from '../git/import-stream.js';
import { isDotGit, isGitFile, refusedName, refusedTarget } from './entry-names.js';
import { blobId, hasCode, lstatIfThere, readLink, readRegular } from './files.js';
import { RULES_BYTES, isIgnored, withRules, type IgnoreRules } from './ignore-rules.js';
import { listFolder, type Listing } from './listing.js';
import type { StatCache } from './stat-cache.js';

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
/** A walk that takes longer is through rules, names or numbers that were made for it. */
const PATIENCE_MS = 120_000;
/** A link's text is at most a path. */
const LINK_BYTES = 4096;
const NOTHING: Listing = { entries: [], nameless: [] };

/**
 * What differs between a folder that a step wrote to and the commit it started from. Walks with lstat only, follows nothing, and
 * refuses whatever git would act on (repositories in the tree), whatever is neither file nor link, what leads out of the tree,
 * and whatever is beyond the limits. Folders that git ignores and that hold no tracked file are not entered. Run it only
 * when the step's processes are gone.
 */
export class TreeReader {
  readonly #changes: FileChange[] = [];
  readonly #refused: Refused[] = [];
  readonly #seen = new Set<string>();
  readonly #base: ReadonlyMap<string, TreeFile>;
  readonly #trackedFolders = new Set<string>(['']);
  readonly #deadline: number;
  #leftIgnored = false;
  #stopped = false;
  #files = 0;
  #bytes = 0;

  constructor(
    private readonly dir: string,
    base: readonly TreeFile[],
    private readonly format: 'sha1' | 'sha256',
    private readonly cache: StatCache,
    private readonly limits: SnapshotLimits,
    patienceMs = PATIENCE_MS,
  ) {
    this.#deadline = performance.now() + patienceMs;
    this.#base = new Map(base.map((file) => [file.path, file]));
    for (const { path } of base) {
      for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
        this.#trackedFolders.add(path.slice(0, slash));
    }
  }

  read(): TreeRead {
    this.#folder('', null, false);
    for (const [path, { mode }] of this.#base) {
      if (this.#seen.has(path)) continue;
      this.cache.forget(path);
      this.#changes.push({ path, mode, content: null });
    }
    return { changes: this.#changes, refused: this.#refused, leftIgnored: this.#leftIgnored };
  }

  #refuse(path: string, why: string): void {
    this.#refused.push({ path: path.slice(0, 1000), why });
    this.#stopped ||= this.#refused.length >= NAMED;
  }

  /** Refuses, and looks no further: there may be a million more. */
  #stop(path: string, why: string): void {
    this.#refuse(path, why);
    this.#stopped = true;
  }

  /** `ignored`: git ignores the folder, which is entered for the tracked files in it. */
  #folder(folder: string, above: IgnoreRules | null, ignored: boolean): void {
    const { entries, nameless } = this.#entries(folder);
    const prefix = folder === '' ? '' : `${folder}/`;
    const text = entries.some(({ name }) => name === '.gitignore')
      ? readRegular(join(this.dir, folder, '.gitignore'), RULES_BYTES)
      : null;
    const rules = text === null ? above : withRules(above, prefix, text.toString('utf8'));
    for (const entry of nameless) {
      const path = `${prefix}${entry.name.toString('utf8')}`;
      if (this.#stopped) return;
      if (ignored || this.#isIgnored(rules, entry.isDirectory() ? `${path}/` : path)) this.#leftIgnored = true;
      else this.#refuse(path, 'its name is not valid UTF-8');
    }
    for (const entry of entries) {
      if (this.#stopped) return;
      const path = prefix + entry.name;
      if (path === '.git') continue;
      const isIgnoredHere = (): boolean => ignored || this.#isIgnored(rules, entry.isDirectory() ? `${path}/` : path);
      const tracked = this.#base.get(path);
      if (isDotGit(entry.name)) this.#refuse(path, 'git would take it for a repository of its own');
      else if (path.toLowerCase() === '.pushpals') this.#refuse(path, 'the runner keeps its own files under that name');
      else if (!entry.isDirectory()) {
        if (tracked === undefined && isIgnoredHere()) this.#leftIgnored = true;
        else this.#file(path, entry.name, tracked);
      } else if (tracked?.mode === '160000') this.#submodule(path);
      else if (this.#trackedFolders.has(path)) this.#folder(path, rules, isIgnoredHere());
      else if (isIgnoredHere()) this.#leftIgnored = true;
      else this.#newFolder(path, entry.name, rules);
    }
  }

  #entries(folder: string): Listing {
    if (this.#isLate(folder)) return NOTHING;
    try {
      return listFolder(join(this.dir, folder));
    } catch (error) {
      if (!hasCode(error, 'EACCES', 'EPERM', 'ENAMETOOLONG')) throw error;
      this.#refuse(folder, hasCode(error, 'ENAMETOOLONG') ? 'its path is too long' : 'the folder cannot be read');
      return NOTHING;
    }
  }

  /** Asked of each name: a few lines can keep us busy for as long as all others. */
  #isIgnored(rules: IgnoreRules | null, path: string): boolean {
    if (rules === null) return false;
    return this.#isLate(path) || isIgnored(rules, path);
  }

  #isLate(path: string): boolean {
    const isLate = performance.now() > this.#deadline;
    if (isLate && !this.#stopped) this.#stop(path, 'the tree takes too long to look through');
    return isLate;
  }

  #newFolder(path: string, name: string, rules: IgnoreRules | null): void {
    const why = refusedName(name);
    if (why !== null) this.#refuse(path, why);
    else this.#folder(path, rules, false);
  }

  #submodule(path: string): void {
    this.#seen.add(path);
    const { entries, nameless } = this.#entries(path);
    if (entries.length + nameless.length > 0)
      this.#refuse(path, 'the contents of a submodule cannot be changed from here');
  }

  #file(path: string, name: string, tracked: TreeFile | undefined): void {
    // A name that the project has already is the project's business.
    const why = tracked === undefined ? refusedName(name) : null;
    const stat = why === null ? this.#look(path) : null;
    if (why !== null) this.#refuse(path, why);
    if (stat === null) return;
    this.#files += 1;
    if (this.#files > this.limits.maxFiles) {
      this.#stop(path, `there are more than ${String(this.limits.maxFiles)} files`);
    } else if (!stat.isFile() && !stat.isSymbolicLink()) {
      this.#refuse(path, 'it is neither a file nor a link');
    } else {
      this.#seen.add(path);
      this.#take(path, name, stat, tracked);
    }
  }

  #look(path: string): Stats | null {
    try {
      return lstatIfThere(`${this.dir}/${path}`);
    } catch (error) {
      if (!hasCode(error, 'EACCES', 'ENAMETOOLONG')) throw error;
      this.#refuse(path, 'it cannot be looked at');
      return null;
    }
  }

  #take(path: string, name: string, stat: Stats, tracked: TreeFile | undefined): void {
    const mode = stat.isSymbolicLink() ? '120000' : (stat.mode & 0o100) !== 0 ? '100755' : '100644';
    const known = this.cache.idOf(path, stat);
    if (known !== null && tracked?.blob === known && tracked.mode === mode) return;
    if (stat.size > this.limits.maxFileBytes) {
      this.#refuse(path, `it is larger than ${String(this.limits.maxFileBytes)} bytes`);
      return;
    }
    const place = `${this.dir}/${path}`;
    const read = (): Buffer | null =>
      mode === '120000' ? readLink(place) : readRegular(place, this.limits.maxFileBytes);
    const content = read();
    if (content === null) {
      this.#refuse(path, 'it cannot be read');
      return;
    }
    const id = blobId(content, this.format);
    this.cache.learn(path, stat, id);
    if (tracked?.blob === id && tracked.mode === mode) return;
    const why =
      mode === '120000'
        ? refusedLink(path, name, content)
        : stat.nlink > 1
          ? 'it is a hard link: its contents have another name elsewhere'
          : null;
    if (why !== null) {
      this.#refuse(path, why);
      return;
    }
    this.#bytes += content.length;
    if (this.#bytes > this.limits.maxTotalBytes) {
      this.#stop(path, `the changes are larger than ${String(this.limits.maxTotalBytes)} bytes`);
      return;
    }
    // Read again when it is written: a thousand large files are never held at once.
    this.#changes.push({
      path,
      mode,
      content: () => {
        const again = read();
        if (again === null || blobId(again, this.format) !== id) throw new ChangedWhileRead(path);
        return again;
      },
    });
  }
}

/** A file changed between two reads, though no process of the step was alive. */
export class ChangedWhileRead extends Error {
  constructor(readonly path: string) {
    super(`${path} changed though no process of the step was alive`);
  }
}

function refusedLink(path: string, name: string, content: Buffer): string | null {
  const target = content.toString('utf8');
  if (content.length > LINK_BYTES || target.includes('\ufffd')) return 'it is a link to something that is no path';
  return isGitFile(name) ? 'git refuses it as a link' : refusedTarget(path, target);
}
