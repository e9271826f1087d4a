import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { ENV, PROGRAM, git, run } from './measure.mjs';

/** In memory where there is a file system for it: on a disk, thousands of small files swing tenfold. */
const ROOT = statSync('/dev/shm', { throwIfNoEntry: false })?.isDirectory() === true ? '/dev/shm' : tmpdir();
/** @type {string[]} */
const made = [];

/** A folder that is gone when the bench is over. @param {string} [root] */
export function folder(root = ROOT) {
  const dir = mkdtempSync(join(root, 'pushpals-bench-'));
  made.push(dir);
  return dir;
}

export function removeFolders() {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}

/** @param {string} dir @param {Readonly<Record<string, string>>} files */
export function write(dir, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
}

/**
 * A repository with a first commit.
 * @param {Readonly<Record<string, string>>} files @param {string} [root]
 */
export function repository(files, root) {
  const dir = folder(root);
  git(dir, 'init', '-q', '-b', 'main');
  git(dir, 'config', 'user.name', 'Bench');
  git(dir, 'config', 'user.email', 'bench@example.org');
  git(dir, 'config', 'gc.auto', '0');
  write(dir, files);
  git(dir, 'add', '.');
  git(dir, 'commit', '-q', '-m', 'first');
  return dir;
}

/**
 * A repository with PushPals on it.
 * @param {{ sandbox?: string, slots?: number, parallel?: number, formulas?: Readonly<Record<string, string>>, files?: Readonly<Record<string, string>>, root?: string }} [of]
 */
export function project({
  sandbox = '{ driver: host }',
  slots = 2,
  parallel = 4,
  formulas = {},
  files = {},
  root,
} = {}) {
  const dir = repository({ 'README.md': '# a project\n', ...files }, root);
  run([...PROGRAM, 'init', '--yes', '--driver', 'host'], dir);
  rmSync(join(dir, 'policy', 'tests'), { recursive: true });
  write(dir, {
    'pushpals.yml': `version: 1\nproject: bench\nsandbox: ${sandbox}\nrunner: { slots: ${slots}, parallel: ${parallel} }\n`,
    'policy/policy.yml': 'version: 1\ndefault: low\n',
    ...Object.fromEntries(Object.entries(formulas).map(([name, text]) => [`formulas/${name}.yml`, text])),
  });
  git(dir, 'add', '.');
  git(dir, 'commit', '-q', '-m', 'Add PushPals');
  return dir;
}

/** @type {Promise<typeof import('../../runner/compose.ts')> | undefined} */
let composing;

/** What the program is made of, on a repository, in this process. @param {string} dir */
export async function connected(dir) {
  composing ??= compose();
  const { composition } = await composing;
  const made = composition({
    env: Object.fromEntries(
      Object.entries(ENV).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    self: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
    pid: process.pid,
    searchPath: ENV.PATH ?? '',
    nodePath: process.execPath,
    programDir: resolve('.'),
    version: 'bench',
  });
  const repo = await made.openRepo(dir);
  if (!repo.ok) throw new Error(JSON.stringify(repo.failure));
  const connection = await made.connect(repo.value, () => undefined, false);
  if (!connection.ok) throw new Error(JSON.stringify(connection.failure));
  return {
    tools: connection.value.tools,
    close: async () => {
      repo.value.close();
      await made.close();
    },
  };
}

async function compose() {
  const out = resolve('.build/bench');
  await build({
    entryPoints: ['runner/compose.ts'],
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  return import(join(out, 'compose.mjs'));
}
