import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../core/parse-json.js';
import type { Instant } from '../../core/ids.js';
import { temporaryPlace } from '../git/temporary.js';
import type { GitPlaces } from '../git/places.js';
import { hasCode, lstatIfThere } from '../workspace/files.js';

/** An answer that may still hold: the forge is asked whether it does, which costs nothing of its rate limit. */
export interface KeptAnswer {
  readonly etag: string;
  /** Headers that a client reads: the link to the next page, the scopes of the token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What this machine remembers of forges. A cache: whoever deletes it loses time and nothing else. */
export interface Answers {
  kept(key: string): KeptAnswer | null;
  keep(key: string, answer: KeptAnswer): void;
  /** Until when the forge asked to be left alone. */
  quietUntil(): Instant | null;
  quiet(until: Instant): void;
}

/** More than one look asks for, or each would find what the one before it left swept away. */
const MOST = { answers: 2000, bytes: 256 * 1024 * 1024 };
const MOST_BODY = 4 * 1024 * 1024;
const QUIET = 'quiet.json';

/** In `.pushpals/forge/`: one file an answer, by the digest of what was asked and with which token. */
export class AnswerFiles implements Answers {
  readonly #folder: string;

  constructor(
    private readonly places: Pick<GitPlaces, 'stateDir' | 'self'>,
    private readonly now: () => Date,
    private readonly most: typeof MOST = MOST,
  ) {
    this.#folder = join(places.stateDir, 'forge');
  }

  kept(key: string): KeptAnswer | null {
    const read = this.#read(nameOf(key)) as Partial<KeptAnswer> | null;
    if (typeof read?.etag !== 'string' || typeof read.body !== 'string' || !isHeaders(read.headers)) return null;
    this.#use(nameOf(key));
    return { etag: read.etag, headers: read.headers, body: read.body };
  }

  keep(key: string, answer: KeptAnswer): void {
    if (answer.body.length > MOST_BODY) return;
    this.#write(nameOf(key), answer);
    this.#sweep();
  }

  quietUntil(): Instant | null {
    const read = this.#read(QUIET) as { readonly until?: unknown } | null;
    return typeof read?.until === 'string' && !Number.isNaN(Date.parse(read.until)) ? (read.until as Instant) : null;
  }

  quiet(until: Instant): void {
    this.#write(QUIET, { until });
  }

  #use(name: string): void {
    const now = this.now();
    try {
      utimesSync(join(this.#folder, name), now, now);
    } catch (error) {
      // Another process may have swept it away meanwhile.
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  }

  #read(name: string): unknown {
    try {
      return parseJson(readFileSync(join(this.#folder, name), 'utf8'));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    }
  }

  #write(name: string, value: unknown): void {
    // Somebody may have planted a link, through a branch that was checked out here.
    if (lstatIfThere(this.#folder)?.isDirectory() === false) rmSync(this.#folder);
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const aside = temporaryPlace(this.places);
    // A private repository's texts.
    writeFileSync(aside, JSON.stringify(value), { mode: 0o600 });
    renameSync(aside, join(this.#folder, name));
  }

  /** What was not asked for longest goes first. */
  #sweep(): void {
    const names = readdirSync(this.#folder).filter((name) => name !== QUIET);
    const aged = names.map((name) => {
      const path = join(this.#folder, name);
      const { mtimeMs = 0, size = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
      return { path, mtimeMs, size };
    });
    let bytes = 0;
    aged.sort((one, other) => other.mtimeMs - one.mtimeMs);
    for (const [index, { path, size }] of aged.entries()) {
      bytes += size;
      if (index >= this.most.answers || bytes > this.most.bytes) rmSync(path, { force: true });
    }
  }
}

const nameOf = (key: string): string => `${createHash('sha256').update(key).digest('hex')}.json`;

const isHeaders = (headers: unknown): headers is Readonly<Record<string, string>> =>
  typeof headers === 'object' && headers !== null && Object.values(headers).every((value) => typeof value === 'string');
