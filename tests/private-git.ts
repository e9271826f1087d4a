import { execFileSync } from 'node:child_process';
import { chmodSync, lchownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Owner, Workspace } from '../runner/app/ports/workspaces.js';
import type { CommitId } from '../runner/core/ids.js';

const ENV = {
  PATH: process.env['PATH'],
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};

export interface PrivateWorkspace extends Workspace {
  /** The temporary folder that holds everything. */
  readonly home: string;
  readonly inDir: string;
  readonly outDir: string;
  remove(): void;
}

/**
 * A small real repository, and a workspace on its one commit with a private git directory as the runner makes it. `mounted`: the
 * paths in it are those that an isolating sandbox shows; else the real ones. All that a step may write belongs to `owner`.
 */
export function privateWorkspace(owner: Owner, mounted: boolean): PrivateWorkspace {
  const home = mkdtempSync(join(tmpdir(), 'pushpals sandbox '));
  const [repository, dir, gitDir, inDir, outDir] = ['repository', 'work', 'git', 'in', 'out'].map((name) =>
    join(home, name),
  ) as [string, string, string, string, string];
  for (const folder of [repository, dir, gitDir, inDir, outDir]) mkdirSync(folder);
  const git = (cwd: string, args: readonly string[], env: Record<string, string> = {}): string =>
    execFileSync('git', args, { cwd, env: { ...ENV, ...env }, encoding: 'utf8' }).trim();

  git(repository, ['init', '-q', '-b', 'main']);
  mkdirSync(join(repository, 'src'));
  writeFileSync(join(repository, 'README.md'), '# a project\n');
  writeFileSync(join(repository, 'src', 'a.txt'), 'one\n');
  git(repository, ['add', '.']);
  git(repository, ['commit', '-q', '-m', 'begin']);
  const commit = git(repository, ['rev-parse', 'HEAD']) as CommitId;

  for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags'])
    mkdirSync(join(gitDir, folder), { recursive: true });
  const objects = join(repository, '.git', 'objects');
  writeFileSync(join(gitDir, 'HEAD'), 'ref: refs/heads/work\n');
  writeFileSync(join(gitDir, 'refs', 'heads', 'work'), `${commit}\n`);
  writeFileSync(
    join(gitDir, 'config'),
    '[core]\n\trepositoryformatversion = 0\n\tbare = false\n[user]\n\tname = agent\n\temail = agent@example.org\n[gc]\n\tauto = 0\n',
  );
  git(repository, ['read-tree', commit], { GIT_INDEX_FILE: join(gitDir, 'index') });
  git(repository, ['archive', '--format=tar', '-o', join(home, 'files.tar'), commit]);
  execFileSync('tar', ['-xf', join(home, 'files.tar'), '-C', dir]);
  writeFileSync(join(dir, '.git'), `gitdir: ${mounted ? '/git' : gitDir}\n`);
  writeFileSync(join(gitDir, 'objects', 'info', 'alternates'), `${mounted ? '/objects/0' : objects}\n`);
  writeFileSync(join(inDir, 'order.json'), '{"order":{}}\n');
  // Bubblewrap without root looks the folders up as the owner.
  chmodSync(home, 0o755);
  for (const folder of [dir, gitDir, outDir]) give(folder, owner);
  return {
    home,
    dir,
    gitDir,
    objectDirs: [objects],
    at: commit,
    inDir,
    outDir,
    remove: () => {
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function give(path: string, owner: Owner): void {
  lchownSync(path, owner.uid, owner.gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const place = join(path, entry.name);
    if (entry.isDirectory()) give(place, owner);
    else lchownSync(place, owner.uid, owner.gid);
  }
}
