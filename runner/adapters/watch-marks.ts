import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WatchMark, WatchMarks } from '../app/ports/watcher.js';
import { parseJson } from '../core/parse-json.js';
import type { GitPlaces } from './git/places.js';
import { temporaryPlace } from './git/temporary.js';
import { hasCode, lstatIfThere, namesIn } from './workspace/files.js';

/** `.pushpals/watches/`: a file for each process, by its id. */
export class WatchMarkFiles implements WatchMarks {
  readonly #folder: string;

  constructor(private readonly places: Pick<GitPlaces, 'stateDir' | 'self'>) {
    this.#folder = join(places.stateDir, 'watches');
  }

  read(): Promise<readonly WatchMark[]> {
    const marks = namesIn(this.#folder)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => {
        const mark = this.#readOne(join(this.#folder, name));
        return mark === null ? [] : [mark];
      });
    return Promise.resolve(marks);
  }

  write(mark: WatchMark): Promise<void> {
    const aside = temporaryPlace(this.places);
    // Not the folders above: they are not there where the repository was taken away.
    if (lstatIfThere(this.#folder) === null) mkdirSync(this.#folder);
    writeFileSync(aside, JSON.stringify(mark));
    renameSync(aside, this.#place(mark));
    return Promise.resolve();
  }

  remove(mark: WatchMark): Promise<void> {
    rmSync(this.#place(mark), { force: true });
    return Promise.resolve();
  }

  #place({ claimant }: WatchMark): string {
    return join(this.#folder, `${String(claimant.pid)}.json`);
  }

  #readOne(path: string): WatchMark | null {
    try {
      const mark = parseJson(readFileSync(path, 'utf8'));
      return isMark(mark) ? mark : null;
    } catch (error) {
      // It ended meanwhile.
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    }
  }
}

function isMark(value: unknown): value is WatchMark {
  const { claimant, since, ticks } = (value ?? {}) as Partial<Record<keyof WatchMark, unknown>>;
  const { host, pid, startedAt, boot } = (claimant ?? {}) as Partial<Record<keyof WatchMark['claimant'], unknown>>;
  return (
    [host, startedAt, boot, since].every((each) => typeof each === 'string') &&
    typeof pid === 'number' &&
    typeof ticks === 'number' &&
    !Number.isNaN(Date.parse(String(since)))
  );
}
