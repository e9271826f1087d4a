import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { hasCode, lstatIfThere } from '../workspace/files.js';

const compress = promisify(deflate);

/** Writes loose objects as git does: whole and synced before they have their name, so that nobody ever sees half of one. */
export class LooseObjects {
  #waiting = new Map<string, Buffer>();

  constructor(
    private readonly objectsDir: string,
    private readonly format: 'sha1' | 'sha256',
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
    const temporary = join(folder, `tmp_obj_${randomUUID()}`);
    const file = await openNew(folder, temporary);
    try {
      await file.writeFile(await compress(raw, { level: 1 }));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, place);
  }
}

async function openNew(folder: string, path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o444);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    await mkdir(folder, { recursive: true });
    return open(path, 'wx', 0o444);
  }
}
