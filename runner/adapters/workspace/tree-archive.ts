import type { Stats } from 'node:fs';
import { pack, type Header, type Pack } from 'tar-stream';
import { lstatIfThere, readLink, readRegular } from './files.js';
import { listFolder } from './listing.js';
import type { Owner } from '../../app/ports/workspaces.js';

/** An entry of a tree on this machine, by its path below the top. */
export interface Found {
  readonly path: string;
  readonly stat: Stats;
}

/**
 * Everything below a folder that has a name, folders before what is in them; the top itself is not named. For trees that nobody else writes to
 * meanwhile. `skip` is a path that is left out with all below it.
 */
export function* entriesBelow(top: string, skip?: string): Generator<Found> {
  const left = [''];
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    for (const { name } of listFolder(`${top}/${folder}`).entries) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const stat = path === skip ? null : lstatIfThere(`${top}/${path}`);
      if (stat === null) continue;
      yield { path, stat };
      if (stat.isDirectory()) left.push(path);
    }
  }
}

/** What tells one state of an entry from another; nobody can change what it is made of without its showing. */
export const stateOf = ({ stat }: Found): string =>
  stat.isDirectory() ? `d ${String(stat.mode)}` : [stat.ino, stat.size, stat.mode, stat.ctimeMs].join(' ');

/** Writes an archive in which everything belongs to one owner. Each call waits until there is room. */
export class TreeArchive {
  readonly stream: Pack = pack();
  /** What the files in it hold. */
  bytes = 0;

  constructor(private readonly owner: Owner) {}

  /** Adds a folder, or gives the one that it is unpacked into (`.`) its owner and mode. */
  folder(name: string, mode = 0o755, owner = this.owner): Promise<void> {
    return this.#entry({ name: `${name}/`, type: 'directory', mode, ...owner });
  }

  file(name: string, content: Uint8Array, owner = this.owner, more: Partial<Header> = {}): Promise<void> {
    return this.#entry({ name, mode: 0o644, ...more, ...owner }, content);
  }

  /** Adds what lies at a path; neither file, folder nor link is nothing that could be carried. */
  async add(top: string, { path, stat }: Found, name = path, owner = this.owner): Promise<void> {
    const place = `${top}/${path}`;
    const mode = stat.mode & 0o777;
    if (stat.isDirectory()) await this.folder(name, mode, owner);
    else if (stat.isSymbolicLink())
      await this.#entry({ name, type: 'symlink', linkname: readLink(place).toString('utf8'), ...owner });
    else if (stat.isFile()) {
      const content = readRegular(place, Number.MAX_SAFE_INTEGER);
      if (content !== null) await this.file(name, content, owner, { mode, mtime: stat.mtime });
    }
  }

  end(): void {
    this.stream.finalize();
  }

  #entry(header: Partial<Header> & Pick<Header, 'name'>, content: Uint8Array = new Uint8Array()): Promise<void> {
    this.bytes += content.length;
    return new Promise((resolve, reject) => {
      const done = (error?: Error | null): void => {
        if (error == null) resolve();
        else reject(error);
      };
      if (header.type === undefined) this.stream.entry({ ...header, size: content.length }, Buffer.from(content), done);
      else this.stream.entry(header, done);
    });
  }
}
