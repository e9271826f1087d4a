import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PERSONAL } from './project.mjs';

/** @typedef {import('./project.mjs').Project} Project */

const PLACE = /^(inbox|queue|active|waiting|done|failed|rejected|cancelled)\/(?:\d{4}\/\d{2}\/)?([a-z0-9-]+)\.yml$/;

/**
 * Where each order stands on the ops branch, by its name.
 * @param {Project} project @returns {Map<string, string[]>}
 */
export function places({ git }) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const path of git('ls-tree', '-r', '--name-only', 'refs/heads/ops').split('\n')) {
    const [, state = '', name = ''] = PLACE.exec(path) ?? [];
    if (name !== '') found.set(name, [...(found.get(name) ?? []), state]);
  }
  return found;
}

/**
 * What must hold at any moment, even between a kill and the next tick.
 * @param {Project} project @param {readonly string[]} names
 */
export function brokenNow(project, names) {
  const at = places(project);
  return names.flatMap((name) => {
    const states = at.get(name) ?? [];
    const dropped = existsSync(join(project.dir, 'ops', 'inbox', `${name}.yml`));
    if (states.length > 1) return [`${name} is in two states: ${states.join(', ')}`];
    return states.length === 0 && !dropped ? [`${name} is lost`] : [];
  });
}

/**
 * What must hold once the last tick has ended.
 * @param {Project} project @param {readonly string[]} names
 */
export function brokenAtEnd(project, names) {
  const { git, pushpals, dir } = project;
  const at = places(project);
  const audit = pushpals('audit');
  return [
    ...brokenNow(project, names),
    ...names.flatMap((name) =>
      at.get(name)?.[0] === 'done' ? [] : [`${name} is ${at.get(name)?.join() ?? 'nowhere'}`],
    ),
    ...names.flatMap((name) => {
      const ref = `refs/heads/pushpals/${name}`;
      const commits = git('rev-list', '--count', `main..${ref}`).trim();
      const file = git('show', `${ref}:${name}.txt`);
      return commits === '1' && file === '1\n2\n'
        ? []
        : [`${name} shipped ${commits} commits with ${JSON.stringify(file)}`];
    }),
    ...(audit.code === 0 ? [] : [`the audit: ${audit.text}`]),
    ...repeated(project, names),
    ...leftBehind(project),
    ...Object.entries(PERSONAL).flatMap(([path, content]) =>
      existsSync(join(dir, path)) && readFileSync(join(dir, path), 'utf8') === content ? [] : [`${path} was touched`],
    ),
    ...same('the index', git('diff', '--cached', '--name-only'), 'staged.txt\n'),
    ...same('the work tree', git('status', '--porcelain', '--untracked-files=all'), 'A  staged.txt\n?? notes.txt\n'),
    ...same('ops/', git('-C', 'ops', 'status', '--porcelain', '--untracked-files=all'), '?? draft.md\n'),
    ...same('git fsck', git('fsck', '--no-dangling', '--no-progress'), ''),
  ];
}

/** @param {string} what @param {string} found @param {string} expected */
const same = (what, found, expected) =>
  found === expected ? [] : [`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`];

/**
 * A step that was recorded as succeeded never runs again in the same run, and none runs more often than its starts were recorded.
 * @param {Project} project @param {readonly string[]} names
 */
function repeated({ git, marks }, names) {
  /** @type {Map<string, number>} */
  const starts = new Map();
  const problems = [];
  const wanted = new Set(names);
  /** @type {Map<string, string>} */
  const last = new Map();
  const log = git(
    'log',
    '--first-parent',
    '--reverse',
    '--format=',
    '-p',
    '-U1000',
    '--no-color',
    'refs/heads/ops',
    '--',
    'active',
  );
  for (const file of log.split(/^diff --git /m)) {
    const order = /^\+\+\+ b\/active\/(.+)\.yml$/m.exec(file)?.[1];
    if (order === undefined || !wanted.has(order)) continue;
    const text = file
      .split('\n')
      .filter((line) => /^[+ ] {2}/.test(line) || /^[+ ]\S/.test(line))
      .map((line) => line.slice(1))
      .join('\n');
    const run = /^run:\n {2}id: (\S+)/m.exec(text)?.[1] ?? '';
    for (const [, step = '', state = ''] of text.matchAll(/^ {4}(\w+):\n {6}state: (\w+)/gm)) {
      const key = `${run} ${step}`;
      const before = last.get(key);
      if (before === 'succeeded' && state !== 'succeeded') problems.push(`${key} ran again after it had succeeded`);
      if (state === 'running' && before !== 'running') starts.set(key, (starts.get(key) ?? 0) + 1);
      last.set(key, state);
    }
  }
  if (starts.size === 0) problems.push('no step was seen to start: the record has another form');
  if (marks === null) return problems;
  /** @type {Map<string, number>} */
  const ran = new Map();
  for (const line of readFileSync(marks, 'utf8').trim().split('\n')) ran.set(line, (ran.get(line) ?? 0) + 1);
  for (const [key, times] of ran)
    if (wanted.has(key.replace(/-\d+ \w+$/, '')) && times > (starts.get(key) ?? 0))
      problems.push(`${key} ran ${times} times, and ${starts.get(key) ?? 0} starts were recorded`);
  return problems;
}

const TEMPORARY = /(^|\/)(tmp_|\.tmp-|fast_import_crash_)|\.lock(\.|$)|~$/;

/** @param {Project} project */
function leftBehind({ dir, git, driver }) {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) => TEMPORARY.test(path));
  const runs = existsSync(join(dir, '.pushpals/runs')) ? readdirSync(join(dir, '.pushpals/runs')) : [];
  const refs = git('for-each-ref', '--format=%(refname)', 'refs/pushpals/runs', 'refs/heads/vault').trim();
  const trees = git('worktree', 'list', '--porcelain')
    .split('\n')
    .filter((line) => line.startsWith('worktree ')).length;
  return [
    ...files.map((path) => `left behind: ${path}`),
    ...runs.map((path) => `left behind: .pushpals/runs/${path}`),
    ...(refs === '' ? [] : [`left behind: ${refs.replaceAll('\n', ', ')}`]),
    ...(trees === 2 ? [] : [`${trees} work trees`]),
    ...processes(dir).map((line) => `still runs: ${line}`),
    ...(driver === 'docker' ? containers(dir) : []),
  ];
}

/** Processes that work in the project's folder. @param {string} dir */
function processes(dir) {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const cwd = readlinkSync(`/proc/${pid}/cwd`);
      return cwd === dir || cwd.startsWith(`${dir}/`)
        ? [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`]
        : [];
    } catch (error) {
      // It ended meanwhile, or is another user's.
      if (['ENOENT', 'EACCES', 'ESRCH'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) return [];
      throw error;
    }
  });
}

/** @param {string} dir */
function containers(dir) {
  const mounts = execFileSync('docker', ['ps', '-a', '--format', '{{.Names}} {{.Mounts}}', '--no-trunc'], {
    encoding: 'utf8',
  });
  return mounts
    .split('\n')
    .filter((line) => line.includes(dir))
    .map((line) => `container: ${line}`);
}
