import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./project.mjs').Machine} Machine */

/**
 * A step that was recorded as succeeded never runs again in the same run, and none runs more often than its starts were recorded.
 * @param {Machine} on @param {string | null} marks @param {readonly string[]} names
 */
export function repeated({ git }, marks, names) {
  /** @type {Map<string, number>} */
  const starts = new Map();
  const problems = [];
  const wanted = new Set(names);
  /** @type {Map<string, string>} */
  const last = new Map();
  // What a join of two lines has, one of them had before.
  const args = ['--topo-order', '--reverse', '--no-merges', '--format=', '-p', '-U1000', '--no-color'];
  for (const file of git('log', ...args, 'refs/heads/ops', '--', 'active').split(/^diff --git /m)) {
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
