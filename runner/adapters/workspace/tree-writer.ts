import { readdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectReader, Owner, TreeFile } from '../../app/ports.js';
import { blobId, lstatIfThere, makeFolder, readLink, readRegular, writeLink, writeRegular } from './files.js';
import { isIgnored, withRules, type IgnoreRules } from './ignore-rules.js';
import type { StatCache } from './stat-cache.js';

const BATCH = 500;
const RULES_BYTES = 1024 * 1024;

export interface Target {
  readonly dir: string;
  readonly files: readonly TreeFile[];
  readonly format: 'sha1' | 'sha256';
  /** Null: the files belong to whoever runs this. */
  readonly owner: Owner | null;
  /** Keep files that git ignores. */
  readonly keepIgnored: boolean;
  readonly cache: StatCache;
}

/**
 * Makes a folder hold exactly a commit's files, touching only what differs. Raw bytes, no filters. Its old contents are hostile: nothing
 * is followed, and what is in the way of a wanted path is removed.
 */
export async function writeTree(target: Target, reader: ObjectReader): Promise<void> {
  const wanted = new Map(target.files.map((file) => [file.path, file]));
  const folders = new Set<string>(['']);
  for (const { path, mode } of target.files) {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) folders.add(path.slice(0, slash));
    if (mode === '160000') folders.add(path);
  }
  const present = new Set<string>();
  const madeFolders = new Set<string>(['']);
  clear(target, wanted, folders, '', null, present, madeFolders);

  for (const folder of [...folders].sort()) {
    if (!madeFolders.has(folder)) makeFolder(join(target.dir, folder), target.owner);
  }
  const missing = target.files.filter(({ path, mode }) => mode !== '160000' && !present.has(path));
  for (let start = 0; start < missing.length; start += BATCH) {
    const part = missing.slice(start, start + BATCH);
    const contents = await reader.blobs(part.map(({ blob }) => blob), Number.MAX_SAFE_INTEGER);
    for (const { path, mode, blob } of part) {
      const content = contents.get(blob);
      if (content == null) throw new Error(`object ${blob} of ${path} cannot be read`);
      const place = join(target.dir, path);
      if (mode === '120000') writeLink(place, Buffer.from(content).toString('utf8'), target.owner);
      else writeRegular(place, content, mode === '100755', target.owner);
      const stat = lstatIfThere(place);
      if (stat !== null) target.cache.learn(path, stat, blob);
    }
  }
}

/** Removes what does not belong, and notes what is right already. */
function clear(
  target: Target,
  wanted: ReadonlyMap<string, TreeFile>,
  folders: ReadonlySet<string>,
  folder: string,
  above: IgnoreRules | null,
  present: Set<string>,
  madeFolders: Set<string>,
): void {
  const here = join(target.dir, folder);
  const rules = target.keepIgnored ? rulesIn(target.dir, folder, above) : null;
  for (const entry of readdirSync(here, { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const place = join(here, entry.name);
    if (path === '.git') continue;
    if (entry.isDirectory()) {
      if (folders.has(path)) {
        madeFolders.add(path);
        clear(target, wanted, folders, path, rules, present, madeFolders);
      } else if (!wanted.has(path) && target.keepIgnored && isIgnored(rules, `${path}/`)) {
        continue;
      } else {
        rmSync(place, { recursive: true, force: true });
      }
      continue;
    }
    const file = wanted.get(path);
    if (file !== undefined && isAsWanted(target, file, place)) present.add(path);
    else if (file === undefined && !folders.has(path) && target.keepIgnored && isIgnored(rules, path)) continue;
    else {
      target.cache.forget(path);
      unlinkSync(place);
    }
  }
}

export function rulesIn(dir: string, folder: string, above: IgnoreRules | null): IgnoreRules | null {
  const text = readRegular(join(dir, folder, '.gitignore'), RULES_BYTES);
  return text === null ? above : withRules(above, folder === '' ? '' : `${folder}/`, text.toString('utf8'));
}

function isAsWanted({ cache, format, owner }: Target, { path, mode, blob }: TreeFile, place: string): boolean {
  const stat = lstatIfThere(place);
  if (stat === null || (owner !== null && stat.uid !== owner.uid)) return false;
  if (mode === '120000' ? !stat.isSymbolicLink() : !stat.isFile() || stat.nlink > 1) return false;
  if (mode !== '120000' && (stat.mode & 0o7777) !== (mode === '100755' ? 0o755 : 0o644)) return false;
  const known = cache.idOf(path, stat);
  if (known !== null) return known === blob;
  const content = mode === '120000' ? readLink(place) : readRegular(place, Number.MAX_SAFE_INTEGER);
  if (content === null || blobId(content, format) !== blob) return false;
  cache.learn(path, stat, blob);
  return true;
}
