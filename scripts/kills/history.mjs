import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./project.mjs').Machine} Machine */

/**
 * A step that was recorded as succeeded never runs again in the same run, and none runs more often than its starts were recorded. Each commit is held against each of
 * its parents: two machines may write side by side, and one of two claims is given up where their lines join.
 * @param {Machine} on @param {string | null} marks @param {readonly string[]} names
 */
export function repeated({ git }, marks, names) {
  /** @type {Map<string, number>} */
  const starts = new Map();
  const problems = [];
  const wanted = new Set(names);
  const args = ['-m', '--format=%x00%P', '-p', '-U1000', '--no-color', '--no-renames'];
  for (const part of git('log', ...args, 'refs/heads/ops', '--', 'active').split('\0')) {
    const isJoin = part.slice(0, part.indexOf('\n')).includes(' ');
    for (const file of part.split(/^diff --git /m).slice(1)) {
      const order = /^\+\+\+ b\/active\/(.+)\.yml$/m.exec(file)?.[1];
      if (order === undefined || !wanted.has(order)) continue;
      const [before, now] = [stepsIn(file, '-'), stepsIn(file, '+')];
      for (const [key, state] of now) {
        const was = before.get(key);
        if (was === 'succeeded' && state !== 'succeeded') problems.push(`${key} was done again after it had succeeded`);
        if (!isJoin && state === 'running' && was !== 'running') starts.set(key, (starts.get(key) ?? 0) + 1);
      }
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

/** The states of the steps on one side of a whole file's diff, by run and step. @param {string} diff @param {'-' | '+'} side @returns {Map<string, string>} */
function stepsIn(diff, side) {
  const text = diff
    .slice(diff.indexOf('\n@@'))
    .split('\n')
    .filter((line) => line.startsWith(side) || line.startsWith(' '))
    .map((line) => line.slice(1))
    .join('\n');
  const run = /^run:\n {2}id: (\S+)/m.exec(text)?.[1] ?? '';
  const steps = text.matchAll(/^ {4}(\w+):\n {6}state: (\w+)/gm);
  return new Map([...steps].map(([, step = '', state = '']) => [`${run} ${step}`, state]));
}

/**
 * Each push to a branch of the remote went on from what was there: nothing was forced. Branches of requests may be replaced.
 * @param {Machine} on @param {string} origin a bare repository that keeps reflogs
 */
export function rewritten({ git }, origin) {
  const logs = join(origin, 'logs', 'refs', 'heads');
  if (!existsSync(join(logs, 'ops'))) return ['the remote keeps no reflog'];
  /** @type {Map<string, readonly string[]>} */
  const parents = new Map();
  for (const line of git('-C', origin, 'rev-list', '--parents', '--branches').trim().split('\n')) {
    const [commit = '', ...of] = line.split(' ');
    parents.set(commit, of);
  }
  return readdirSync(logs, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile() || entry.parentPath.startsWith(join(logs, 'vault'))) return [];
    const path = join(entry.parentPath, entry.name);
    return readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [from = '', to = ''] = line.split(' ');
        return /^0+$/.test(from) || isAncestor(parents, from, to) ? [] : [`${path}: ${from} was replaced by ${to}`];
      });
  });
}

/** @param {ReadonlyMap<string, readonly string[]>} parents @param {string} old @param {string} tip */
function isAncestor(parents, old, tip) {
  const seen = new Set([tip]);
  for (const commit of seen) {
    if (commit === old) return true;
    for (const parent of parents.get(commit) ?? []) seen.add(parent);
  }
  return false;
}
