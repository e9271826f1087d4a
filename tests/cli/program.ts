import { execa } from 'execa';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What a driver's steps can rely on: `docker` runs the test image, the others what the machine has. */
export const SANDBOX: Readonly<Record<string, string>> = {
  host: '{ driver: host }',
  bubblewrap: '{ driver: bubblewrap }',
  docker: '{ driver: docker, image: "pushpals-test:1" }',
};

export interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Project {
  readonly dir: string;
  /** Runs the built program in the repository. */
  pushpals(args: readonly string[], options?: { env?: Record<string, string>; input?: string }): Promise<Ended>;
  git(...args: string[]): Promise<string>;
  /** Runs a command line in the repository, as a person would type it. */
  shell(command: string): Promise<string>;
  write(path: string, content: string): Promise<void>;
  read(path: string): Promise<string>;
  /** Writes files and commits them on main. */
  commit(files: Readonly<Record<string, string>>): Promise<void>;
  /** The file of a commit or branch; null if there is none. */
  show(ref: string, path: string): Promise<string | null>;
  /** Paths on the ops branch. */
  opsFiles(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export const PROGRAM = resolve('dist/pushpals.js');
export const ENV = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', NO_COLOR: '1' };

/** A real repository in a temporary folder, without PushPals. */
export async function bareProject(files: Readonly<Record<string, string>>): Promise<Project> {
  const dir = await mkdtemp(join(tmpdir(), 'pushpals test '));
  const project = openProject(dir);
  await project.git('init', '-q', '-b', 'main');
  await project.git('config', 'user.name', 'Ada');
  await project.git('config', 'user.email', 'ada@example.org');
  await project.commit(files);
  return project;
}

/** A real repository with PushPals on it, made by the built program itself. */
export async function makeProject(
  driver: keyof typeof SANDBOX,
  files: Readonly<Record<string, string>> = {},
): Promise<Project> {
  const project = await bareProject({ 'README.md': '# a project\n', 'src/a.txt': 'one\n', ...files });
  const init = await project.pushpals(['init', '--yes', '--driver', driver]);
  if (init.exitCode !== 0) throw new Error(`init: ${String(init.exitCode)}\n${init.stdout}\n${init.stderr}`);
  // A policy of the test's own is not held to what the shipped one promises.
  await rm(join(project.dir, 'policy/tests'), { recursive: true });
  await project.commit({
    'pushpals.yml': `version: 1\nproject: test\nsandbox: ${SANDBOX[driver] ?? ''}\n`,
    'policy/policy.yml': 'version: 1\ndefault: low\n',
  });
  return project;
}

export function openProject(dir: string): Project {
  const project: Project = {
    dir,
    pushpals: async (args, { env = {}, input } = {}) => {
      const { exitCode, stdout, stderr } = await execa(process.execPath, [PROGRAM, ...args], {
        cwd: dir,
        reject: false,
        env: { ...ENV, ...env },
        ...(input === undefined ? {} : { input }),
      });
      return { exitCode, stdout, stderr };
    },
    shell: async (command) => {
      const program = `pushpals() { '${process.execPath}' '${PROGRAM}' "$@"; }`;
      return (await execa('sh', ['-c', `${program}\n${command}`], { cwd: dir, env: ENV })).stdout;
    },
    git: async (...args) => (await execa('git', args, { cwd: dir, env: ENV })).stdout,
    write: async (path, content) => {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), content);
    },
    read: (path) => readFile(join(dir, path), 'utf8'),
    commit: async (contents) => {
      for (const [path, content] of Object.entries(contents)) await project.write(path, content);
      await project.git('add', ...Object.keys(contents));
      await project.git('commit', '-q', '-m', `change ${Object.keys(contents).join(' ')}`);
    },
    show: async (ref, path) => {
      const shown = await execa('git', ['show', `${ref}:${path}`], {
        cwd: dir,
        env: ENV,
        reject: false,
        stripFinalNewline: false,
      });
      return shown.exitCode === 0 ? shown.stdout : null;
    },
    opsFiles: async () => (await project.git('ls-tree', '-r', '--name-only', 'refs/heads/ops')).split('\n'),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
  return project;
}
