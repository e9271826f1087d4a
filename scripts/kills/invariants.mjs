import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leftBehind } from './left-behind.mjs';
import { PERSONAL } from './project.mjs';
import { repeated, rewritten } from './history.mjs';

/** @typedef {import('./project.mjs').Project} Project @typedef {import('./project.mjs').Machine} Machine */

const PLACE = /^(inbox|queue|active|waiting|done|failed|rejected|cancelled)\/(?:\d{4}\/\d{2}\/)?([a-z0-9-]+)\.yml$/;

/** Where each order stands on a machine's ops branch, by its name. @param {Machine} on @returns {Map<string, string[]>} */
function places({ git }) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const path of git('ls-tree', '-r', '--name-only', 'refs/heads/ops').split('\n')) {
    const [, state = '', name = ''] = PLACE.exec(path) ?? [];
    if (name !== '') found.set(name, [...(found.get(name) ?? []), state]);
  }
  return found;
}

/**
 * What must hold at any moment, even while runners work and between a kill and the next tick: each order is somewhere, and nowhere twice. Beside what is
 * broken, which orders are not done on every machine, and which have failed on the first.
 * @param {Project} project @param {readonly string[]} names
 */
export function look({ machines }, names) {
  // An order leaves the inbox after it has come to the branch, so that one that is dropped must not be looked for there first.
  const dropped = machines.map(({ dir }) => names.map((name) => existsSync(join(dir, 'ops', 'inbox', `${name}.yml`))));
  const at = machines.map(places);
  const problems = names.flatMap((name, index) => {
    const twice = at.flatMap((each) => {
      const states = each.get(name) ?? [];
      return states.length > 1 ? [`${name} is in two states: ${states.join(', ')}`] : [];
    });
    const isSomewhere = dropped.some((each) => each[index]) || at.some((each) => each.has(name));
    return isSomewhere ? twice : [`${name} is lost`];
  });
  return {
    problems,
    open: names.filter((name) => at.some((each) => each.get(name)?.[0] !== 'done')),
    failed: names.filter((name) => at[0]?.get(name)?.[0] === 'failed'),
  };
}

/**
 * What must hold once the last tick has ended.
 * @param {Project} project @param {readonly string[]} names
 */
export async function brokenAtEnd(project, names) {
  const { machines, origin, marks } = project;
  const [first] = machines;
  if (first === undefined) return ['there is no machine'];
  return [
    ...look(project, names).problems,
    ...(origin === null ? [] : [...apart(machines, origin), ...rewritten(first, origin)]),
    ...(await Promise.all(machines.map((on) => brokenOn(on, origin ?? on.dir, names)))).flat(),
    ...repeated(first, marks, names),
    ...leftBehind(project),
  ];
}

/** @param {Machine} on @param {string} target where results are shipped to @param {readonly string[]} names */
async function brokenOn({ git, pushpals, dir }, target, names) {
  const audit = await pushpals('audit');
  return [
    ...names.flatMap((name) => {
      const ref = `refs/heads/pushpals/${name}`;
      const commits = git('-C', target, 'rev-list', '--count', `main..${ref}`).trim();
      const file = git('-C', target, 'show', `${ref}:${name}.txt`);
      return commits === '1' && file === '1\n2\n'
        ? []
        : [`${name} shipped ${commits} commits with ${JSON.stringify(file)}`];
    }),
    ...(audit.code === 0 ? [] : [`the audit: ${audit.text}`]),
    ...Object.entries(PERSONAL).flatMap(([path, content]) =>
      existsSync(join(dir, path)) && readFileSync(join(dir, path), 'utf8') === content ? [] : [`${path} was touched`],
    ),
    ...same('the index', git('diff', '--cached', '--name-only'), 'staged.txt\n'),
    ...same('the work tree', git('status', '--porcelain', '--untracked-files=all'), 'A  staged.txt\n?? notes.txt\n'),
    ...same('ops/', git('-C', 'ops', 'status', '--porcelain', '--untracked-files=all'), '?? draft.md\n'),
    ...same('git fsck', git('fsck', '--no-dangling', '--no-progress'), ''),
  ].map((problem) => `${dir}: ${problem}`);
}

/**
 * Each branch of a machine is what it is at the remote, and none is missing that all have. A run that failed may have got as far as a result; where another
 * machine made the next attempt, that result stays on the first, and is nobody else's.
 * @param {readonly Machine[]} machines @param {string} origin
 */
function apart(machines, origin) {
  return machines.flatMap(({ dir, git }) => {
    const subjects = git('log', '--format=%s', 'refs/heads/ops', '--').matchAll(/^order (\S+): failed → queue$/gm);
    const again = new Set([...subjects].map(([, order = '']) => `refs/heads/pushpals/${order}`));
    const branches = (/** @type {string} */ at) => {
      const lines = git('-C', at, 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads').trim().split('\n');
      return new Map(lines.map((line) => /** @type {[string, string]} */ (line.split(' '))));
    };
    const [here, there] = [branches(dir), branches(origin)];
    return [...new Set(['refs/heads/ops', 'refs/heads/main', ...here.keys()])].flatMap((ref) =>
      again.has(ref) ? [] : same(`${ref} in ${dir}`, here.get(ref) ?? 'nothing', there.get(ref) ?? 'nothing'),
    );
  });
}

/** @param {string} what @param {string} found @param {string} expected */
const same = (what, found, expected) =>
  found === expected ? [] : [`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`];
