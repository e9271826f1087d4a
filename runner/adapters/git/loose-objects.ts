import { createHash } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { lstatIfThere } from '../workspace/files.js';
import { temporaryName, type Claimant } from './temporary.js';

const compress = promisify(deflate);

/** Writes loose objects as git does: whole and synced before they have their name, so that nobody ever sees half of one. */
export class LooseObjects {
  #waiting = new Map<string, Buffer>();

  constructor(
    private readonly objectsDir: string,
    private readonly format: 'sha1' | 'sha256',
    private readonly self: Claimant,
  ) {}

  /** Takes an object in; it is on disk after `flush`. */
  add(type: 'blob' | 'tree' | 'commit', content: Uint8Array): string {
    const raw = Buffer.concat([Buffer.from(`${type} ${String(content.length)}\0`), content]);
    const id = createHash(this.format).update(raw).digest('hex');
    this.#waiting.set(id, raw);
    return id;
  }

  /** Drops what was taken in and is not wanted any more. */
  forget(): void {
    this.#waiting = new Map();
  }

  /** Rejects with the file system's error; what was written by then is harmless. */
  async flush(): Promise<void> {
    const waiting = [...this.#waiting];
    this.#waiting = new Map();
    await Promise.all(waiting.map(([id, raw]) => this.#write(id, raw)));
  }

  async #write(id: string, raw: Buffer): Promise<void> {
    const folder = join(this.objectsDir, id.slice(0, 2));
    const place = join(folder, id.slice(2));
    if (lstatIfThere(place) !== null) return;
    // Beside the folders and not in one of them, so that what a dead runner left is found by one look.
    const temporary = join(this.objectsDir, temporaryName(this.self));
    const file = await open(temporary, 'wx', 0o444);
    try {
      await file.writeFile(await compress(raw, { level: 1 }));
      await file.sync();
    } finally {
      await file.close();
    }
    await mkdir(folder, { recursive: true });
    await rename(temporary, place);
  }
}
