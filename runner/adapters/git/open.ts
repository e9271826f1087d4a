import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fail, ok, type Result } from '../../core/failure.js';
import { hasCode } from '../workspace/files.js';
import { git } from './command.js';
import { CONFIG, cleanEnvironment, type GitPlaces } from './places.js';

/** Finds the repository around a folder, and makes the runner's own git directory where it is missing. */
export async function openGit(directory: string, searchPath: string): Promise<Result<GitPlaces>> {
  const env = cleanEnvironment(searchPath);
  const base = { git: 'git', config: CONFIG };
  // The owner of the folder is the person who calls; git's check is for folders that one stumbles into.
  const asked = await git({ ...base, config: [...CONFIG, '-c', 'safe.directory=*'] }, ['rev-parse', '--path-format=absolute', '--is-bare-repository', '--git-common-dir', '--show-object-format', '--show-toplevel'], { env, cwd: directory, expected: [0, 128] });
  if (!asked.ok) return asked;
  const [bare = '', projectDir = '', format = '', top = ''] = asked.value.stdout.toString('utf8').split('\n');
  if (asked.value.exitCode !== 0 || top === '') {
    const what = bare === 'true' ? `${directory} is a bare repository` : `${directory} is not in a git repository`;
    return fail({ class: 'state-conflict', what, hint: bare === 'true' ? 'PushPals works beside a work tree: use a clone.' : 'Run `git init`, or name the repository with --repo.' });
  }
  const stateDir = join(top, '.pushpals');
  const runnerDir = join(stateDir, 'git');
  const objectDirs = alternatesOf(join(projectDir, 'objects'));
  const objectFormat = format === 'sha256' ? 'sha256' : 'sha1';
  const shared = { ...env, GIT_OBJECT_DIRECTORY: join(projectDir, 'objects') };
  const places: GitPlaces = {
    ...base,
    projectDir,
    top,
    runnerDir,
    stateDir,
    objectDirs,
    objectFormat,
    projectEnv: { ...env, GIT_DIR: projectDir },
    runnerEnv: { ...shared, GIT_DIR: runnerDir },
  };
  if (!existsSync(join(runnerDir, 'config')) || !existsSync(join(runnerDir, 'HEAD'))) {
    rmSync(runnerDir, { recursive: true, force: true });
    mkdirSync(runnerDir, { recursive: true });
    const made = await git(places, ['init', '--quiet', '--bare', '--template=', `--object-format=${objectFormat}`, runnerDir], { env, cwd: stateDir });
    if (!made.ok) return made;
    mkdirSync(join(runnerDir, 'info'), { recursive: true });
    writeFileSync(join(runnerDir, 'info', 'attributes'), '');
    writeFileSync(join(stateDir, '.gitignore'), '*\n');
  }
  return ok(places);
}

/** An object store and those it borrows from, in git's order. */
function alternatesOf(objects: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(objects)) return [];
  seen.add(objects);
  const lines = readIfThere(join(objects, 'info', 'alternates')).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return [objects, ...lines.flatMap((line) => alternatesOf(isAbsolute(line) ? line : resolve(objects, line), seen))];
}

/** Has git overlook the runner's files, without a change to the project's own `.gitignore`. */
export function excludeFromStatus({ projectDir }: GitPlaces, paths: readonly string[]): void {
  const file = join(projectDir, 'info', 'exclude');
  const text = readIfThere(file);
  const missing = paths.map((path) => `/${path}/`).filter((line) => !text.split('\n').includes(line));
  if (missing.length === 0) return;
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}${missing.join('\n')}\n`);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  }
}
