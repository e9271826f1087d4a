import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  futimesSync,
  linkSync,
  lstatSync,
  openSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { extract, type Header } from 'tar-stream';
import type { Exceeded } from '../../core/step-limits.js';
import type { Owner } from '../../app/ports/workspaces.js';
import { hasCode, lstatIfThere, makeFolder, readLink, readRegular, writeLink } from './files.js';
import { removeTree } from './remove-tree.js';
import { entriesBelow } from './tree-archive.js';

/** How much an archive may hold. */
export interface ArchiveBounds {
  readonly bytes: number;
  readonly files: number;
}

export type Unpacked =
  | { readonly held: true }
  | { readonly exceeded: Pick<Exceeded, 'limit' | 'used'> }
  | { readonly refused: { readonly path: string; readonly why: string } };

/** A file that is larger is written anew rather than compared. */
const COMPARED_BYTES = 8 * 1024 * 1024;
/** Somewhat less than the kernel takes: what is made aside of it has a longer one. */
const PATH_BYTES = 4000;

/**
 * Makes a folder hold what an archive holds and nothing else, writing only what differs. The archive was made by a step, in effect: nothing
 * in it is followed, and every entry goes below a folder that was made here, and not by a link. Devices and FIFOs are refused, setuid
 * bits taken off, hard links lead to files of the same archive. Nobody else may write to the folder meanwhile.
 */
export class TreeUnpacker {
  readonly #folders = new Set<string>(['']);
  readonly #files = new Set<string>();
  readonly #links = new Set<string>();
  #bytes = 0;

  /** `root` is the folder's name in the archive; `keep` is a path of the folder that the archive has no say in. */
  constructor(
    private readonly dir: string,
    private readonly root: string,
    private readonly owner: Owner,
    private readonly bounds: ArchiveBounds,
    private readonly keep?: string,
  ) {}

  /** What the files of the archive hold, as far as it was read. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Reads to the end, or to what is too much or refused. Errors of the file system and of a broken archive are thrown. */
  async unpack(archive: NodeJS.ReadableStream & { destroy?(): void }): Promise<Unpacked> {
    const entries = extract();
    archive.on('error', (error: Error) => {
      entries.destroy(error);
    });
    archive.pipe(entries);
    try {
      for await (const entry of entries) {
        const path = this.#pathOf(entry.header.name);
        if (path === null) return refused(entry.header.name, 'it is no name of an entry below the folder');
        const isKept = path === '' || path === this.keep;
        const content = entry as unknown as AsyncIterable<Buffer>;
        const stopped = isKept ? null : await this.#takeIfPossible(path, entry.header, content);
        if (stopped !== null) return stopped;
        entry.resume();
      }
    } finally {
      archive.unpipe(entries);
      archive.destroy?.();
      entries.destroy();
    }
    this.#removeOthers();
    return { held: true };
  }

  /** Below the folder; the empty one is the folder itself. Null for what would lead elsewhere, or is no text. */
  #pathOf(name: string): string | null {
    const parts = name.replace(/\/$/, '').split('/');
    if (parts[0] !== this.root) return null;
    const below = parts.slice(1);
    const isPlain = below.every((part) => part !== '' && part !== '.' && part !== '..' && !/[\0\ufffd]/.test(part));
    return isPlain ? below.join('/') : null;
  }

  /** What no file system here can hold is refused as what it is: whoever made it would otherwise have it tried again and again. */
  async #takeIfPossible(path: string, header: Header, content: AsyncIterable<Buffer>): Promise<Unpacked | null> {
    if (Buffer.byteLength(`${this.dir}/${path}`) > PATH_BYTES) return refused(path, 'its path is too long');
    try {
      return await this.#take(path, header, content);
    } catch (error) {
      if (hasCode(error, 'ENAMETOOLONG')) return refused(path, 'its name, or what it links to, is too long');
      if (hasCode(error, 'EMLINK')) return refused(path, 'it has too many names');
      if (hasCode(error, 'EILSEQ', 'EINVAL')) return refused(path, 'it is nothing that can be written here');
      throw error;
    }
  }

  async #take(path: string, header: Header, content: AsyncIterable<Buffer>): Promise<Unpacked | null> {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (!this.#folders.has(parent)) return refused(path, 'its folder is not one of the archive');
    if (this.#folders.has(path) || this.#files.has(path) || this.#links.has(path))
      return refused(path, 'the archive holds it twice');
    this.#bytes += header.size ?? 0;
    const count = this.#folders.size + this.#files.size + this.#links.size;
    if (count > this.bounds.files) return { exceeded: { limit: 'files', used: count } };
    if (this.#bytes > this.bounds.bytes) return { exceeded: { limit: 'disk', used: this.#bytes } };
    switch (header.type) {
      case 'directory':
        this.#folder(path);
        return null;
      case 'symlink':
        if ((header.linkname ?? '') === '') return refused(path, 'it is a link to nothing');
        this.#link(path, Buffer.from(header.linkname ?? '', 'utf8'));
        return null;
      case 'link':
        return this.#hardLink(path, header.linkname ?? '');
      case 'file':
      case 'contiguous-file':
      case undefined:
        await this.#file(path, header, content);
        return null;
      case 'block-device':
      case 'character-device':
      case 'fifo':
        return refused(path, 'it is neither a file nor a link');
    }
  }

  #folder(path: string): void {
    const place = `${this.dir}/${path}`;
    this.#folders.add(path);
    if (lstatIfThere(place)?.isDirectory() === true) return;
    removeTree(place);
    makeFolder(place, this.owner);
  }

  #link(path: string, target: Buffer): void {
    const place = `${this.dir}/${path}`;
    this.#links.add(path);
    if (lstatIfThere(place)?.isSymbolicLink() === true && readLink(place).equals(target)) return;
    removeTree(place);
    writeLink(place, target, this.owner);
  }

  #hardLink(path: string, linkname: string): Unpacked | null {
    const target = this.#pathOf(linkname.replace(/^\//, ''));
    if (target === null || !this.#files.has(target)) return refused(path, 'it is a hard link to something else');
    const place = `${this.dir}/${path}`;
    const source = `${this.dir}/${target}`;
    this.#files.add(path);
    const [now, then] = [lstatIfThere(place), lstatSync(source)];
    if (now?.ino === then.ino && now.dev === then.dev) return null;
    removeTree(place);
    linkSync(source, place);
    return null;
  }

  async #file(path: string, header: Header, content: AsyncIterable<Buffer>): Promise<void> {
    const place = `${this.dir}/${path}`;
    const { size } = header;
    const mode = (header.mode & 0o777) | 0o600;
    this.#files.add(path);
    if (size > COMPARED_BYTES) {
      await this.#write(place, mode, header, content);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const there = lstatIfThere(place);
    const isSame = there?.isFile() === true && there.nlink === 1 && there.size === size;
    if (isSame && readRegular(place, COMPARED_BYTES)?.equals(bytes) === true) {
      if ((there.mode & 0o7777) !== mode) chmodSync(place, mode);
      return;
    }
    await this.#write(place, mode, header, [bytes]);
  }

  async #write(
    place: string,
    mode: number,
    { mtime }: Header,
    content: AsyncIterable<Buffer> | Iterable<Buffer>,
  ): Promise<void> {
    removeTree(place);
    const fd = openSync(place, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
    try {
      for await (const chunk of content) for (let at = 0; at < chunk.length;) at += writeSync(fd, chunk, at);
      fchmodSync(fd, mode);
      fchownSync(fd, this.owner.uid, this.owner.gid);
      // What builds by time finds the same times the next time.
      if (mtime !== undefined && Number.isFinite(mtime.getTime())) futimesSync(fd, mtime, mtime);
    } finally {
      closeSync(fd);
    }
  }

  #removeOthers(): void {
    const gone = [...entriesBelow(this.dir, this.keep)].filter(
      ({ path }) => !this.#folders.has(path) && !this.#files.has(path) && !this.#links.has(path),
    );
    for (const { path, stat } of gone) {
      if (stat.isDirectory()) removeTree(`${this.dir}/${path}`);
      else if (lstatIfThere(`${this.dir}/${path}`) !== null) unlinkSync(`${this.dir}/${path}`);
    }
  }
}

const refused = (path: string, why: string): Unpacked => ({ refused: { path: path.slice(0, 1000), why } });
