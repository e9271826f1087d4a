import { rmSync, writeFileSync } from 'node:fs';
import { fail, ok } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import type { Signature } from '../../core/vault/approval.js';
import type { AllowedKey, VaultCommit, VaultHistory } from '../../app/ports/vault.js';
import { git } from './command.js';
import type { GitPlaces } from './places.js';
import { temporaryPlace } from './temporary.js';

const EVENT = '%(trailers:key=PushPals-Event,valueonly,separator=%x20)';
const FORMAT = ['%H', '%P', '%an', '%ae', '%cn', '%ce', '%G?', '%GS', EVENT].join('%x00');

export const gitVaultHistory = (places: GitPlaces, env: Readonly<Record<string, string>>): VaultHistory => ({
  added: (tip, path, keys) => withKeys(places, keys, (settings) => added(places, settings, tip, path)),
  wasAdded: async (tip, path) => {
    const args = ['-1', '--full-history', '-m', '--diff-filter=A', '--no-renames', '--format=%H', '--no-patch'];
    const end = await git(places, ['log', ...args, '--end-of-options', tip, '--', `:(literal)${path}`], {
      env: places.runnerEnv,
      cwd: places.runnerDir,
    });
    if (!end.ok) throw new Error(`git log failed on ${path}: ${JSON.stringify(end.failure)}`);
    return end.value.stdout.length > 0;
  },
  approve: async (tip, branch, tree, message, sign) => {
    const args = ['commit-tree', `${tree}^{tree}`, '-p', tip, '-p', branch, ...(sign ? ['-S'] : []), '-F', '-'];
    // The person's own git, with their name, key and agent; the repository's settings for hooks and filters have no part in this command.
    const end = await git({ git: places.git, config: [] }, args, {
      env: { ...env, GIT_DIR: places.projectDir, GIT_NO_REPLACE_OBJECTS: '1' },
      cwd: places.top,
      input: message,
    });
    return end.ok ? ok(end.value.stdout.toString('utf8').trim() as CommitId) : fail(end.failure);
  },
});

/**
 * Git's own check of SSH signatures, by a file of allowed signers that is made of the policy's keys alone. What could run another program for
 * another kind of signature is switched off.
 */
async function withKeys<T>(
  places: GitPlaces,
  keys: readonly AllowedKey[],
  work: (settings: readonly string[]) => Promise<T>,
): Promise<T> {
  const file = temporaryPlace(places);
  const lines = keys.map(({ id, key }) => `${id} namespaces="git" ${key.trim().split(/\s+/).slice(0, 2).join(' ')}\n`);
  writeFileSync(file, lines.join(''), { flag: 'wx', mode: 0o600 });
  const settings = [
    `gpg.ssh.allowedSignersFile=${file}`,
    'gpg.ssh.program=ssh-keygen',
    'gpg.ssh.revocationFile=',
    'gpg.minTrustLevel=undefined',
    'gpg.program=false',
    'gpg.openpgp.program=false',
    'gpg.x509.program=false',
  ];
  try {
    return await work(settings.flatMap((setting) => ['-c', setting]));
  } finally {
    rmSync(file, { force: true });
  }
}

async function added(
  places: GitPlaces,
  settings: readonly string[],
  tip: CommitId,
  path: string,
): Promise<VaultCommit | null> {
  const args = [
    `-${String(MOST_LOOKED_AT)}`,
    '--topo-order',
    '--full-history',
    '--diff-merges=first-parent',
    '--diff-filter=A',
    '--no-renames',
    '--no-patch',
    `--format=${FORMAT}`,
  ];
  const end = await git(
    { git: places.git, config: [...places.config, ...settings] },
    ['log', ...args, '--end-of-options', tip, '--', `:(literal)${path}`],
    { env: places.runnerEnv, cwd: places.runnerDir },
  );
  if (!end.ok) throw new Error(`git log failed on ${path}: ${JSON.stringify(end.failure)}`);
  const lines = end.value.stdout.toString('utf8').split('\n');
  const found = lines.filter((line) => line !== '').map((line) => candidate(line));
  for (const [index, commit] of found.entries())
    if (!(await onlyJoins(places, commit, found.slice(index + 1)))) return commit;
  return null;
}

const MOST_LOOKED_AT = 50;

interface Candidate extends VaultCommit {
  readonly parents: readonly CommitId[];
  /** The runner's own commit on the branch of a request. */
  readonly proposes: boolean;
}

function candidate(line: string): Candidate {
  const [
    commit = '',
    above = '',
    authorName = '',
    authorEmail = '',
    name = '',
    email = '',
    state = '',
    by = '',
    event,
  ] = line.split('\0');
  const parents = above.split(' ').filter((id) => id !== '') as CommitId[];
  return {
    commit: commit as CommitId,
    parents,
    proposes: event === 'propose',
    parent: parents[0] ?? null,
    author: { name: authorName, email: authorEmail },
    committer: { name, email },
    signature: signature(state, by),
  };
}

/** Whether a merge has the file from a commit that somebody made on the other line: that one says whose it is. */
async function onlyJoins(
  places: GitPlaces,
  { parents: [first, ...others] }: Candidate,
  older: readonly Candidate[],
): Promise<boolean> {
  for (const { commit, proposes } of older) {
    if (proposes || first === undefined || (await isAncestor(places, commit, first))) continue;
    for (const other of others) if (await isAncestor(places, commit, other)) return true;
  }
  return false;
}

async function isAncestor(places: GitPlaces, ancestor: CommitId, of: CommitId): Promise<boolean> {
  const end = await git(places, ['merge-base', '--is-ancestor', ancestor, of], {
    env: places.runnerEnv,
    cwd: places.runnerDir,
    expected: [0, 1],
  });
  if (!end.ok) throw new Error(`git merge-base failed on ${ancestor} and ${of}`);
  return end.value.exitCode === 0;
}

/** Git's letters: G is good by a key of the file, U is good by a key that is not in it. */
function signature(state: string, by: string): Signature {
  switch (state) {
    case 'G':
      return by !== '' ? { is: 'good', by } : { is: 'unknown' };
    case 'U':
      return { is: 'unknown' };
    case 'N':
      return { is: 'none' };
    case 'E':
      return { is: 'bad', why: 'it cannot be checked: it is no SSH signature, or there is no ssh-keygen here' };
    default:
      return { is: 'bad', why: `git calls it ${state === '' ? 'nothing' : state}` };
  }
}
