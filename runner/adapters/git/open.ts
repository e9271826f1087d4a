import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { fail, ok, type Failure, type Result } from '../../core/failure.js';
import { systemProcesses } from '../processes.js';
import { lstatIfThere } from '../workspace/files.js';
import { git } from './command.js';
import { CONFIG, cleanEnvironment, type GitPlaces } from './places.js';
import { makeRunnerDir } from './runner-dir.js';
import { readIfThere } from './small-files.js';

/**
 * Finds the repository around a folder, and makes the runner's own git directory where it is missing or is not as we make it. In a linked
 * work tree (such as `ops/` itself) it is the main one that counts. `state-conflict` for bare repositories, paths that git's
 * files cannot hold, and folders outside any repository.
 */
export async function openGit(
  directory: string,
  searchPath: string,
  self = systemProcesses().self(),
): Promise<Result<GitPlaces>> {
  const env = cleanEnvironment(searchPath);
  const base = { git: 'git', config: CONFIG };
  // The owner of the folder is the person who calls; git's check is for folders that one stumbles into.
  const ask = { ...base, config: [...CONFIG, '-c', 'safe.directory=*'] };
  const asked = await git(
    ask,
    [
      'rev-parse',
      '--path-format=absolute',
      '--is-bare-repository',
      '--show-object-format',
      '--git-common-dir',
      '--git-dir',
      '--show-toplevel',
    ],
    { env, cwd: directory, expected: [0, 128] },
  );
  if (!asked.ok) return asked;
  const [bare = '', format = '', projectDir = '', ownDir = '', tree = '', rest] = asked.value.stdout
    .toString('utf8')
    .split('\n');
  if (bare === 'true')
    return refused(`${directory} is a bare repository`, 'PushPals works beside a work tree: use a clone.');
  if (asked.value.exitCode !== 0 || tree === '')
    return refused(`${directory} is not in a git repository`, 'Run `git init`, or name the repository with --repo.');
  if (rest !== '') return refused(`the repository's path holds a line end`, 'Move it to a folder with a plainer name.');
  const linked = projectDir !== ownDir;
  if (linked && basename(projectDir) !== '.git')
    return refused(
      `${tree} is a work tree of a repository that has no main one`,
      'PushPals works beside a main work tree: use a clone.',
    );
  const top = linked ? dirname(projectDir) : tree;
  const stateDir = join(top, '.pushpals');
  const there = lstatIfThere(stateDir);
  if (there !== null && !there.isDirectory())
    return refused(`${stateDir} is not a folder`, 'The runner keeps its files there: move away what lies there.');
  const objects = join(projectDir, 'objects');
  const shallow = join(projectDir, 'shallow');
  const places: GitPlaces = {
    ...base,
    projectDir,
    top,
    runnerDir: join(stateDir, 'git'),
    stateDir,
    objectDirs: alternatesOf(objects),
    objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
    self,
    projectEnv: { ...env, GIT_DIR: projectDir },
    runnerEnv: {
      ...env,
      GIT_DIR: join(stateDir, 'git'),
      GIT_OBJECT_DIRECTORY: objects,
      // Where the project's history is cut, walking further would find objects missing.
      ...(lstatIfThere(shallow) === null ? {} : { GIT_SHALLOW_FILE: shallow }),
    },
  };
  makeRunnerDir(places);
  if (lstatIfThere(join(stateDir, '.gitignore')) === null) writeFileSync(join(stateDir, '.gitignore'), '*\n');
  return ok(places);
}

const refused = (what: string, hint: string): { readonly ok: false; readonly failure: Failure } =>
  fail({ class: 'state-conflict', what, hint });

/** An object store and those it borrows from, in git's order. */
function alternatesOf(objects: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(objects)) return [];
  seen.add(objects);
  const lines = (readIfThere(join(objects, 'info', 'alternates')) ?? '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return [objects, ...lines.flatMap((line) => alternatesOf(isAbsolute(line) ? line : resolve(objects, line), seen))];
}

/** Has git overlook the runner's files, without a change to the project's own `.gitignore`. */
export function excludeFromStatus({ projectDir }: GitPlaces, paths: readonly string[]): void {
  const file = join(projectDir, 'info', 'exclude');
  const text = readIfThere(file) ?? '';
  const missing = paths.map((path) => `/${path}/`).filter((line) => !text.split('\n').includes(line));
  if (missing.length === 0) return;
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}${missing.join('\n')}\n`);
}

/** Takes those lines out again; true if there was one. */
export function includeInStatus({ projectDir }: GitPlaces, paths: readonly string[]): boolean {
  const file = join(projectDir, 'info', 'exclude');
  const lines = (readIfThere(file) ?? '').split('\n');
  const ours = new Set(paths.map((path) => `/${path}/`));
  const kept = lines.filter((line) => !ours.has(line));
  if (kept.length === lines.length) return false;
  writeFileSync(file, kept.join('\n'));
  return true;
}

export const isExcluded = ({ projectDir }: GitPlaces, path: string): boolean =>
  (readIfThere(join(projectDir, 'info', 'exclude')) ?? '').split('\n').includes(`/${path}/`);
