import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./project.mjs').Project} Project */

const TEMPORARY = /(^|\/)(tmp_|\.tmp-|fast_import_crash_)|\.lock(\.|$)|~$/;
/** All that a runner that rests has in its own folder, and in its git directory. */
const [STATE, GIT] = [
  // Where each watch says that it is there, until the next one begins.
  new Set(
    '.gitignore cache git ingested kept last-tick pool pulls.json remote.json runs schemas state.json tmp trash watches'.split(
      ' ',
    ),
  ),
  new Set(['HEAD', 'config', 'info', 'objects', 'refs']),
];
const EMPTY = ['kept', 'runs', 'tmp', 'trash'];
const REFS = ['for-each-ref', '--format=%(refname)', 'refs/pushpals/runs', 'refs/heads/vault'];

/** What runners that are gone left: half-written files, locks, work trees, sandboxes, processes, refs. @param {Project} project */
export function leftBehind({ folder, machines, origin, driver }) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => TEMPORARY.test(path));
  return [
    ...files.map((path) => `left behind: ${path}`),
    ...machines.flatMap(({ dir, git }) => {
      const own = join(dir, '.pushpals');
      const inOwn = [
        ...readdirSync(own).filter((name) => !STATE.has(name)),
        ...readdirSync(join(own, 'git'))
          .filter((name) => !GIT.has(name))
          .map((name) => `git/${name}`),
        ...EMPTY.filter((folder) => existsSync(join(own, folder))).flatMap((folder) =>
          readdirSync(join(own, folder)).map((name) => `${folder}/${name}`),
        ),
      ];
      const trees = git('worktree', 'list', '--porcelain')
        .split('\n')
        .filter((line) => line.startsWith('worktree ')).length;
      return [
        ...inOwn.map((path) => `left behind: ${own}/${path}`),
        ...[dir, ...(origin === null ? [] : [origin])].flatMap((at) =>
          git('-C', at, ...REFS)
            .split('\n')
            .filter((ref) => ref !== '')
            .map((ref) => `left behind: ${ref} in ${at}`),
        ),
        ...(trees === 2 ? [] : [`${trees} work trees of ${dir}`]),
      ];
    }),
    ...processes(folder).map((line) => `still runs: ${line}`),
    ...(driver === 'docker' ? containers(folder) : []),
  ];
}

/** Processes that work in a folder. @param {string} dir */
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

/** Containers that have something of a folder. @param {string} dir */
export function containers(dir) {
  const mounts = execFileSync('docker', ['ps', '-a', '--format', '{{.Names}} {{.Mounts}}', '--no-trunc'], {
    encoding: 'utf8',
  });
  return mounts
    .split('\n')
    .filter((line) => line.includes(dir))
    .map((line) => `container: ${line}`);
}
