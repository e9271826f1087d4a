import { linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { basename, join, parse } from 'node:path';
import { instant, type CommitId, type Instant } from '../core/ids.js';
import type { Clock } from '../app/ports/machine.js';
import type { Inbox, InboxFile, InboxListing } from '../app/ports/ops.js';
import type { ObjectReader, TreeFile } from '../app/ports/repository.js';
import { blobId, hasCode, lstatIfThere, namesIn, readRegular } from './workspace/files.js';

const MAX_BYTES = 1024 * 1024;
const EMPTY_MS = 60_000;
const WRITTEN = 'it is still being written';
const NOT_PLAIN = 'it is not a plain file';
const TOO_LARGE = `it is larger than ${String(MAX_BYTES)} bytes`;
/** Dot files, the folder's own README, what editors and browsers write beside a file, and what `follow` saves beside one. */
const OVERLOOKED = /^\.|~$|\.(swp|swo|swx|tmp|part|crdownload|\d*staged)$|^README\.md$|^#.*#$/i;
/** What was moved aside longer ago than this was left by a runner that died. */
const LEFT_MS = 60_000;
/** What a file is called while it is aside: a name of its own, the id of what was taken in, and its name in the inbox. */
const INGESTED = /^[0-9a-f-]{36}-(?:([0-9a-f]{40})-)?(.*)$/s;

/** The folder `inbox/` of the people's work tree, and what is committed there. */
export class FolderInbox implements Inbox {
  constructor(
    /** The work tree of the ops branch. */
    private readonly worktree: string,
    private readonly stateDir: string,
    private readonly reader: ObjectReader,
    private readonly clock: Clock,
    private readonly nowMs: () => number,
    /** A file that was written to within this time may be half written. */
    private readonly settleMs: number,
  ) {}

  /**
   * What is in the folder and, of what is committed there, what the folder does not have with the same contents: somebody else may have committed another
   * order under the name of one that lies here, and neither may get lost. A file that was written to just now is waited for once, at most the settle time.
   */
  async list(tip: CommitId): Promise<InboxListing> {
    this.#putBackLeft();
    const inTip = new Map<string, TreeFile>();
    for (const file of await this.reader.files(tip, ['inbox'])) {
      const name = file.path.slice('inbox/'.length);
      if (!name.includes('/') && !OVERLOOKED.test(name)) inTip.set(file.path, file);
    }
    const names = droppedNames(this.worktree);
    await this.#letSettle(names.filter((name) => !inTip.has(`inbox/${name}`)));
    const settled: InboxFile[] = [];
    const unsettled: InboxListing['unsettled'][number][] = [];
    const refused: InboxListing['refused'][number][] = [];
    const copied = new Set<string>();
    for (const name of names) {
      const path = `inbox/${name}`;
      const inCommit = inTip.get(path);
      const found = this.#look(path, inCommit);
      if (found === null) continue;
      const committed = found.is === 'settled' && isCopy(found.bytes, inCommit);
      if (committed) copied.add(path);
      if (found.is === 'settled') settled.push({ path, bytes: found.bytes, committed, since: found.since });
      else if (found.is === 'refused') refused.push({ path, why: found.why, committed: false });
      else unsettled.push({ path, ...found.left });
    }
    const absent = [...inTip.values()].filter(({ path }) => !copied.has(path));
    const plain = absent.filter(({ mode }) => mode.startsWith('100'));
    const contents = await this.reader.blobs(
      plain.map(({ blob }) => blob),
      MAX_BYTES,
    );
    for (const { path, blob, mode } of absent) {
      const bytes = mode.startsWith('100') ? contents.get(blob) : null;
      if (bytes != null) {
        settled.push({ path, bytes, committed: true });
        continue;
      }
      // Nobody reads either of them, so they need not be told apart.
      const here = refused.findIndex((other) => other.path === path);
      const why = mode.startsWith('100') ? TOO_LARGE : NOT_PLAIN;
      refused.splice(here === -1 ? refused.length : here, 1, { path, why, committed: true });
    }
    settled.sort((a, b) => (a.path === b.path ? (a.committed ? -1 : 1) : a.path < b.path ? -1 : 1));
    return { settled, unsettled, refused };
  }

  /**
   * Takes a file away if its bytes are still those. Null for `bytes`: an entry that `list` refused, which nobody has read; it is
   * kept in `.pushpals/refused/`. A file that had changed stays in the inbox, beside a newer one of its name if there is one.
   */
  remove(path: string, bytes: Uint8Array | null): Promise<boolean> {
    const place = join(this.worktree, path);
    // The bytes that were taken in are named by the file: who finds it later can tell whether it was one of them.
    const aside =
      bytes === null
        ? this.#aside('refused', basename(path))
        : this.#aside('ingested', `${blobId(bytes, 'sha1')}-${basename(path)}`);
    try {
      // Out of the folder first: what a person writes from now on is a new file.
      renameSync(place, aside);
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return Promise.resolve(true);
      throw error;
    }
    if (bytes === null) return Promise.resolve(true);
    if (readRegular(aside, MAX_BYTES)?.equals(bytes) !== true) {
      putBack(aside, place);
      return Promise.resolve(false);
    }
    rmSync(aside);
    return Promise.resolve(true);
  }

  /** How an entry stands; null if it is gone, or is a folder. */
  #look(path: string, committed: TreeFile | undefined): Look | null {
    const place = join(this.worktree, path);
    if (path.includes('\ufffd'))
      return { is: 'unsettled', left: { why: 'its name is not valid UTF-8: give it another' } };
    const stat = lstatIfThere(place);
    if (stat === null || stat.isDirectory()) return null;
    if (!stat.isFile()) return { is: 'refused', why: NOT_PLAIN };
    if (stat.size > MAX_BYTES) return { is: 'refused', why: TOO_LARGE };
    const age = this.nowMs() - stat.mtimeMs;
    const isYoung = age >= 0 && age < this.settleMs;
    const isEmpty = stat.size === 0 && age < EMPTY_MS;
    // What is committed is whole, however young the copy of it is.
    if ((isYoung || isEmpty) && committed === undefined) {
      return {
        is: 'unsettled',
        left: isEmpty
          ? { why: 'it is empty; somebody may be about to write it', settlesInMs: EMPTY_MS - age }
          : { why: WRITTEN, settlesInMs: this.settleMs - age },
      };
    }
    const bytes = readRegular(place, MAX_BYTES);
    const after = lstatIfThere(place);
    if (bytes === null || after?.mtimeMs !== stat.mtimeMs || after.size !== stat.size)
      return {
        is: 'unsettled',
        left: { why: 'it changed while it was read, or cannot be read', settlesInMs: this.settleMs },
      };
    if ((isYoung || isEmpty) && !isCopy(bytes, committed)) {
      return { is: 'unsettled', left: { why: WRITTEN, settlesInMs: this.settleMs } };
    }
    // Writing, renaming and linking all set the time that its entry changed.
    return { is: 'settled', bytes, since: instant(stat.ctimeMs) };
  }

  /** Waits once for the youngest file, so that what a person has just saved is taken in by this tick. */
  async #letSettle(names: readonly string[]): Promise<void> {
    let youngest = this.settleMs;
    for (const name of names) {
      const stat = lstatIfThere(join(this.worktree, 'inbox', name));
      const age = stat?.isFile() === true ? this.nowMs() - stat.mtimeMs : this.settleMs;
      if (age >= 0) youngest = Math.min(youngest, age);
    }
    if (youngest < this.settleMs) await this.clock.sleep(this.settleMs - youngest + 5);
  }

  #aside(folder: 'ingested' | 'refused', name: string): string {
    mkdirSync(join(this.stateDir, folder), { recursive: true });
    return join(this.stateDir, folder, `${randomUUID()}-${name}`.slice(0, 200));
  }

  /**
   * A runner that died between moving a file aside and removing it leaves it there. One that holds what was taken in is done with, whatever became
   * of its order; any other is a person's newer text.
   */
  #putBackLeft(): void {
    const folder = join(this.stateDir, 'ingested');
    for (const name of namesIn(folder)) {
      const aside = join(folder, name);
      const stat = lstatIfThere(aside);
      // Moving a file sets the time its entry changed.
      if (stat === null || this.nowMs() - stat.ctimeMs <= LEFT_MS) continue;
      const [, taken = '', own = ''] = INGESTED.exec(name) ?? [];
      const bytes = readRegular(aside, MAX_BYTES);
      if (bytes !== null && blobId(bytes, 'sha1') === taken) rmSync(aside, { force: true });
      else putBack(aside, join(this.worktree, 'inbox', own));
    }
  }
}

/** Whether nothing lies there, and nothing has to be put back. What is committed in the inbox is not looked at. */
export function isInboxEmpty(worktree: string, stateDir: string): boolean {
  return droppedNames(worktree).length === 0 && namesIn(join(stateDir, 'ingested')).length === 0;
}

/** Whether that is what is committed, or what git makes of it in a work tree with other line ends. A link whose text is the same is no copy. */
function isCopy(bytes: Uint8Array, committed: TreeFile | undefined): boolean {
  if (committed?.mode.startsWith('100') !== true) return false;
  const format = committed.blob.length === 40 ? 'sha1' : 'sha256';
  const plain = (): Buffer => Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  return blobId(bytes, format) === committed.blob || blobId(plain(), format) === committed.blob;
}

function droppedNames(worktree: string): readonly string[] {
  if (lstatIfThere(join(worktree, 'inbox'))?.isDirectory() !== true) return [];
  return readdirSync(join(worktree, 'inbox')).filter((name) => !OVERLOOKED.test(name));
}

type Look =
  | { readonly is: 'settled'; readonly bytes: Uint8Array; readonly since: Instant }
  | { readonly is: 'unsettled'; readonly left: Omit<InboxListing['unsettled'][number], 'path'> }
  | { readonly is: 'refused'; readonly why: string };

/** Without taking the place of anything: a newer file of that name keeps it, and this one gets a number. */
function putBack(aside: string, place: string): void {
  const { dir, name, ext } = parse(place);
  for (let count = 1; ; count += 1) {
    try {
      linkSync(aside, count === 1 ? place : join(dir, `${name}-${String(count)}${ext}`));
      break;
    } catch (error) {
      // Another runner put it back already, or the inbox is gone; it is looked at again next time.
      if (hasCode(error, 'ENOENT')) return;
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
  rmSync(aside, { force: true });
}
