import { linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { CommitId } from '../core/ids.js';
import type { Clock, Inbox, InboxFile, InboxListing, ObjectReader } from '../app/ports.js';
import { hasCode, lstatIfThere, readRegular } from './workspace/files.js';

const MAX_BYTES = 1024 * 1024;
const EMPTY_MS = 60_000;
const OVERLOOKED = /^\.|~$|\.(swp|swo|swx|tmp|part|crdownload)$|^README\.md$|^#.*#$/i;

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

  async list(tip: CommitId): Promise<InboxListing> {
    const settled: InboxFile[] = [];
    const unsettled: InboxListing['unsettled'][number][] = [];
    const refused: InboxListing['refused'][number][] = [];
    const committed = (await this.reader.files(tip, ['inbox'])).filter(({ path }) => !path.slice('inbox/'.length).includes('/') && !OVERLOOKED.test(path.slice('inbox/'.length)));
    const inTip = new Set(committed.map(({ path }) => path));
    const names = this.#names();
    await this.#letSettle(names);
    for (const name of names) {
      const path = `inbox/${name}`;
      const place = join(this.worktree, path);
      const stat = lstatIfThere(place);
      if (stat === null) continue;
      if (stat.isDirectory()) continue;
      const age = this.nowMs() - stat.mtimeMs;
      if (!stat.isFile()) refused.push({ path, why: 'it is not a plain file' });
      else if (stat.size > MAX_BYTES) refused.push({ path, why: `it is larger than ${String(MAX_BYTES)} bytes` });
      else if (stat.size === 0 && age < EMPTY_MS) unsettled.push({ path, why: 'it is empty; somebody may be about to write it' });
      else if (age >= 0 && age < this.settleMs) unsettled.push({ path, why: 'it is still being written' });
      else {
        const bytes = readRegular(place, MAX_BYTES);
        const after = lstatIfThere(place);
        if (bytes === null || after === null || after.mtimeMs !== stat.mtimeMs || after.size !== stat.size) unsettled.push({ path, why: 'it changed while it was read' });
        else settled.push({ path, bytes, committed: inTip.has(path) });
      }
    }
    const dropped = new Set(names.map((name) => `inbox/${name}`));
    const contents = await this.reader.blobs(committed.map(({ blob }) => blob), MAX_BYTES);
    for (const { path, blob, mode } of committed) {
      if (dropped.has(path)) continue;
      const bytes = contents.get(blob);
      if (bytes == null || mode === '120000' || mode === '160000') refused.push({ path, why: 'it is not a plain file of at most 1 MB' });
      else settled.push({ path, bytes, committed: true });
    }
    settled.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { settled, unsettled, refused };
  }

  remove(path: string, bytes: Uint8Array): Promise<boolean> {
    const place = join(this.worktree, path);
    const aside = join(this.stateDir, 'ingested');
    mkdirSync(aside, { recursive: true });
    const moved = join(aside, randomUUID());
    try {
      // Out of the folder first: what a person writes from now on is a new file.
      renameSync(place, moved);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return Promise.resolve(true);
      throw error;
    }
    const found = readRegular(moved, MAX_BYTES);
    if (found !== null && found.equals(bytes)) {
      rmSync(moved);
      return Promise.resolve(true);
    }
    try {
      linkSync(moved, place);
      rmSync(moved);
    } catch (error) {
      // A newer file stands there already; this one stays aside.
      if (!hasCode(error, 'EEXIST')) throw error;
    }
    return Promise.resolve(false);
  }

  #names(): readonly string[] {
    try {
      return readdirSync(join(this.worktree, 'inbox')).filter((name) => !OVERLOOKED.test(name));
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
      throw error;
    }
  }

  /** Waits once for the youngest file, so that what a person has just saved is taken in by this tick. */
  async #letSettle(names: readonly string[]): Promise<void> {
    const ages = names.map((name) => lstatIfThere(join(this.worktree, 'inbox', name))).flatMap((stat) => (stat?.isFile() === true ? [this.nowMs() - stat.mtimeMs] : []));
    const young = ages.filter((age) => age >= 0 && age < this.settleMs);
    if (young.length > 0) await this.clock.sleep(this.settleMs - Math.min(...young) + 5);
  }
}
