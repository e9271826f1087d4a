import { chmodSync, lchownSync, lstatSync, unlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { BlobId } from '../../core/ids.js';
import type { ObjectReader, TreeFile } from '../../app/ports/repository.js';
import type { Owner } from '../../app/ports/workspaces.js';
import { blobId, lstatIfThere, makeFolder, openUp, readLink, readRegular, writeLink, writeRegular } from './files.js';
import { RULES_BYTES, isIgnored, withRules, type IgnoreRules } from './ignore-rules.js';
import { listFolder, placeIn, type Entry } from './listing.js';
import { removeListed } from './remove-tree.js';
import type { StatCache } from './stat-cache.js';

const BATCH = 500;
/** A file that is larger is written anew rather than compared. */
const COMPARED_BYTES = 256 * 1024 * 1024;
/** Past this, what git would ignore goes as well: the rules and names that take so long were made to. */
const PATIENCE_MS = 30_000;

export interface Target {
  readonly dir: string;
  readonly files: readonly TreeFile[];
  readonly format: 'sha1' | 'sha256';
  /** Whom the files belong to. */
  readonly owner: Owner;
  /** Keep files that git ignores by the commit's own rules; a step's changes to those rules do not count. `except`: what does not stay, wherever it is. */
  readonly keepIgnored: boolean | { readonly except: (path: string) => boolean };
  readonly cache: StatCache;
}

/**
 * Makes a folder hold exactly a commit's files, touching only what differs. Raw bytes, no filters; modes 644 and 755. Its old
 * contents are hostile: nothing is followed, and what is in the way of a wanted path is removed. Errors of the file
 * system are thrown.
 */
export async function writeTree(target: Target, reader: ObjectReader): Promise<void> {
  const clearing = new Clearing(target, target.keepIgnored === false ? null : await rulesOf(target.files, reader));
  clearing.folder('', null);
  // A folder sorts before what is in it.
  for (const folder of [...clearing.folders].sort()) {
    if (!clearing.thereFolders.has(folder)) makeFolder(join(target.dir, folder), target.owner);
  }
  const missing = target.files.filter(({ path }) => !clearing.there.has(path));
  await writeFiles(target.dir, missing, target.owner, target.cache, reader);
}

/** Writes files where nothing is, into folders that are there. Submodules are their empty folders, and nothing to write. */
export async function writeFiles(
  dir: string,
  files: readonly TreeFile[],
  owner: Owner,
  cache: StatCache,
  reader: ObjectReader,
): Promise<void> {
  const plain = files.filter(({ mode }) => mode !== '160000');
  for (let start = 0; start < plain.length; start += BATCH) {
    const part = plain.slice(start, start + BATCH);
    const contents = await reader.blobs(
      part.map(({ blob }) => blob),
      Number.MAX_SAFE_INTEGER,
    );
    for (const { path, mode, blob } of part) {
      const content = contents.get(blob);
      if (content == null) throw new Error(`object ${blob} of ${path} cannot be read`);
      const place = `${dir}/${path}`;
      if (mode === '120000') writeLink(place, Buffer.from(content), owner);
      else writeRegular(place, content, mode === '100755', owner);
      cache.learn(path, lstatSync(place), blob);
    }
  }
}

/** The texts of a commit's `.gitignore` files, by folder. */
async function rulesOf(files: readonly TreeFile[], reader: ObjectReader): Promise<ReadonlyMap<string, string>> {
  const found = files.filter(
    ({ path, mode }) => mode.startsWith('100') && (path === '.gitignore' || path.endsWith('/.gitignore')),
  );
  const texts = await reader.blobs(
    found.map(({ blob }): BlobId => blob),
    RULES_BYTES,
  );
  return new Map(
    found.map(({ path, blob }) => [
      path.slice(0, -'.gitignore'.length),
      Buffer.from(texts.get(blob) ?? []).toString('utf8'),
    ]),
  );
}

/** Removes what does not belong, and notes what is right already. */
class Clearing {
  readonly folders = new Set<string>(['']);
  readonly there = new Set<string>();
  readonly thereFolders = new Set<string>(['']);
  readonly #wanted: ReadonlyMap<string, TreeFile>;
  readonly #deadline = performance.now() + PATIENCE_MS;
  readonly #except: ((path: string) => boolean) | null;

  constructor(
    private readonly target: Target,
    private readonly ruleTexts: ReadonlyMap<string, string> | null,
  ) {
    this.#except = typeof target.keepIgnored === 'object' ? target.keepIgnored.except : null;
    this.#wanted = new Map(target.files.map((file) => [file.path, file]));
    for (const { path, mode } of target.files) {
      for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
        this.folders.add(path.slice(0, slash));
      if (mode === '160000') this.folders.add(path);
    }
  }

  folder(folder: string, above: IgnoreRules | null): void {
    const here = `${this.target.dir}/${folder}`;
    this.#restore(here);
    const prefix = folder === '' ? '' : `${folder}/`;
    const text = this.ruleTexts?.get(prefix);
    const rules = text === undefined ? above : withRules(above, prefix, text);
    for (const entry of entriesIn(here)) {
      const path = prefix + entry.name;
      const place = `${here}/${entry.name}`;
      if (path === '.git') continue;
      if (entry.isDirectory() && this.folders.has(path)) {
        this.thereFolders.add(path);
        this.folder(path, rules);
        continue;
      }
      const file = entry.isDirectory() ? undefined : this.#wanted.get(path);
      if (file !== undefined && this.#isAsWanted(file, place)) {
        this.there.add(path);
      } else if (this.#inTheWay(path) || !this.#isKept(rules, entry.isDirectory() ? `${path}/` : path)) {
        this.target.cache.forget(path);
        if (entry.isDirectory()) removeListed(place);
        else unlinkSync(place);
      } else if (entry.isDirectory()) this.#weed(path, place);
    }
  }

  /** Takes what does not stay out of a folder that is kept, and the folder where that takes too long. */
  #weed(folder: string, place: string): void {
    const except = this.#except;
    if (except === null) return;
    if (performance.now() > this.#deadline) {
      removeListed(place);
      return;
    }
    openUp(place);
    for (const entry of entriesIn(place)) {
      const path = `${folder}/${entry.name}`;
      const inside = `${place}/${entry.name}`;
      if (except(path)) {
        if (entry.isDirectory()) removeListed(inside);
        else unlinkSync(inside);
      } else if (entry.isDirectory()) this.#weed(path, inside);
    }
  }

  #inTheWay(path: string): boolean {
    return this.#wanted.has(path) || this.folders.has(path);
  }

  #isKept(rules: IgnoreRules | null, path: string): boolean {
    if (this.ruleTexts === null || performance.now() > this.#deadline) return false;
    return this.#except?.(path.replace(/\/$/, '')) !== true && isIgnored(rules, path);
  }

  /** A folder that a step closed or gave away would let the next one down. */
  #restore(folder: string): void {
    openUp(folder);
    const stat = lstatSync(folder);
    if (!isOwned(stat, this.target.owner)) lchownSync(folder, this.target.owner.uid, this.target.owner.gid);
    if ((stat.mode & 0o7777) !== 0o755) chmodSync(folder, 0o755);
  }

  #isAsWanted({ path, mode, blob }: TreeFile, place: string): boolean {
    const { cache, format, owner } = this.target;
    const stat = lstatIfThere(place);
    if (stat === null || !isOwned(stat, owner)) return false;
    const isLink = mode === '120000';
    if (
      isLink
        ? !stat.isSymbolicLink()
        : !stat.isFile() || stat.nlink > 1 || (stat.mode & 0o7777) !== (mode === '100755' ? 0o755 : 0o644)
    )
      return false;
    const known = cache.idOf(path, stat);
    if (known !== null) return known === blob;
    const content = isLink ? readLink(place) : readRegular(place, COMPARED_BYTES);
    if (content === null || blobId(content, format) !== blob) return false;
    cache.learn(path, stat, blob);
    return true;
  }
}

/** Lists a folder, and removes what has a name that is no text: no commit holds it, and nothing says whether git would ignore it. */
function entriesIn(folder: string): readonly Entry[] {
  const { entries, nameless } = listFolder(folder);
  for (const { name } of nameless) removeListed(placeIn(folder, name));
  return entries;
}

const isOwned = (stat: Stats, owner: Owner): boolean => stat.uid === owner.uid && stat.gid === owner.gid;
