import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import type { Signature } from '../../core/vault/approval.js';
import type { AllowedKey, VaultCommit, VaultHistory } from '../../app/ports/vault.js';
import { git } from './command.js';
import type { GitPlaces } from './places.js';

const FORMAT = ['%H', '%P', '%an', '%ae', '%cn', '%ce', '%G?', '%GS'].join('%x00');

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
  const file = join(places.runnerDir, `signers-${randomUUID()}`);
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
    '-1',
    '--first-parent',
    '--diff-merges=first-parent',
    '--diff-filter=A',
    '--no-renames',
    '--name-only',
    `--format=${FORMAT}`,
  ];
  const end = await git(
    { git: places.git, config: [...places.config, ...settings] },
    ['log', ...args, '--end-of-options', tip, '--', `:(literal)${path}`],
    { env: places.runnerEnv, cwd: places.runnerDir },
  );
  if (!end.ok) throw new Error(`git log failed on ${path}: ${JSON.stringify(end.failure)}`);
  const [line = ''] = end.value.stdout.toString('utf8').split('\n');
  if (line === '') return null;
  const [commit = '', parents = '', authorName = '', authorEmail = '', name = '', email = '', state = '', by = ''] =
    line.split('\0');
  return {
    commit: commit as CommitId,
    parent: (parents.split(' ')[0] || null) as CommitId | null,
    author: { name: authorName, email: authorEmail },
    committer: { name, email },
    signature: signature(state, by),
  };
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
