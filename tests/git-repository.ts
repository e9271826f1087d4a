import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FastImport } from '../runner/adapters/git/fast-import.js';
import { RefSession } from '../runner/adapters/git/ref-session.js';
import { CatFile } from '../runner/adapters/git/object-reader.js';
import { openGit } from '../runner/adapters/git/open.js';
import type { GitPlaces } from '../runner/adapters/git/places.js';
import { GitRepository } from '../runner/adapters/git/repository.js';
import type { Person } from '../runner/app/ports/ops.js';
import type { CommitId, Instant } from '../runner/core/ids.js';

export const SEARCH_PATH = process.env['PATH'] ?? '/usr/bin:/bin';
export const ADA: Person = { name: 'Ada', email: 'ada@example.org' };
export const NOON = '2026-11-20T12:00:00.000Z' as Instant;

/** What the tests' own git commands see: no settings of the machine. */
export const GIT_ENV: Readonly<Record<string, string>> = {
  PATH: SEARCH_PATH,
  HOME: '/dev/null',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};

export interface TestRepository {
  readonly dir: string;
  /** Runs git as a person would; fails the test if git does. Without the last line end. */
  readonly git: (...args: string[]) => string;
  /** Runs git with something on its standard input. */
  readonly gitWith: (input: string | Uint8Array, ...args: string[]) => string;
  /** The exit code, where failing is the point. */
  readonly gitCode: (...args: string[]) => number | null;
  readonly write: (path: string, content: string | Uint8Array, mode?: number) => void;
  /** Writes files and commits everything. */
  readonly commit: (files: Readonly<Record<string, string>>) => CommitId;
  readonly remove: () => void;
}

/** A real repository in a temporary folder, with `main` checked out and nothing committed. */
export function makeRepository({ name = 'a repository', init = [] as readonly string[] } = {}): TestRepository {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'pushpals-git-')));
  const dir = join(home, name);
  mkdirSync(dir);
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: dir, env: GIT_ENV, stdio: ['ignore', 'pipe', 'pipe'] })
      .toString('utf8')
      .replace(/\n$/, '');
  git('init', '--quiet', '--initial-branch=main', ...init);
  const write = (path: string, content: string | Uint8Array, mode = 0o644): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
    chmodSync(join(dir, path), mode);
  };
  return {
    dir,
    git,
    gitWith: (input, ...args) =>
      execFileSync('git', args, { cwd: dir, env: GIT_ENV, input, stdio: 'pipe' }).toString('utf8').replace(/\n$/, ''),
    gitCode: (...args) => spawnSync('git', args, { cwd: dir, env: GIT_ENV, stdio: 'ignore' }).status,
    write,
    commit: (files) => {
      for (const [path, content] of Object.entries(files)) write(path, content);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message=change');
      return git('rev-parse', 'HEAD') as CommitId;
    },
    remove: () => {
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export interface OpenRepository extends TestRepository {
  readonly places: GitPlaces;
  readonly reader: CatFile;
  readonly writer: FastImport;
  readonly refs: RefSession;
  readonly repository: GitRepository;
}

/** Runs with a repository that the adapters have opened, and takes everything down after. */
export async function withRepository(
  run: (repository: OpenRepository) => Promise<void>,
  options?: Parameters<typeof makeRepository>[0],
): Promise<void> {
  const made = makeRepository(options);
  made.commit({ 'README.md': 'a project\n' });
  const places = await openGit(made.dir, SEARCH_PATH);
  if (!places.ok) throw new Error(JSON.stringify(places.failure));
  const reader = new CatFile(places.value);
  const writer = new FastImport(places.value);
  const refs = new RefSession(places.value);
  const repository = new GitRepository(places.value, reader, refs);
  try {
    await run({ ...made, places: places.value, reader, writer, refs, repository });
  } finally {
    reader.close();
    await writer.close();
    made.remove();
  }
}

/** Makes a script of a repository's hooks that leaves a file behind when it runs; says whether it ran. */
export function plantHook(repository: TestRepository, hook: string): { readonly ran: () => boolean } {
  const mark = join(repository.dir, '.git', `ran-${hook}`);
  repository.write(`.git/hooks/${hook}`, `#!/bin/sh\ntouch '${mark}'\n`, 0o755);
  return { ran: () => spawnSync('test', ['-e', mark]).status === 0 };
}

/** The value of a result; fails the test if it is a failure. */
export function value<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: unknown },
): T {
  if (!result.ok) throw new Error(`unexpected failure: ${JSON.stringify(result.failure)}`);
  return result.value;
}
