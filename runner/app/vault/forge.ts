import type { Policy, VaultRequest } from '../../generated/types.js';
import { vaultBranch, wordOf, type ForgeSays } from '../../core/vault/forge-word.js';
import { opsBranch, type Tools } from '../tools.js';

/** What the forge says of how a request was approved; undefined where the policy does not ask it. `number`: of the pull request, where it is known. */
export async function askForge(
  { forge, ops }: Pick<Tools, 'forge' | 'ops'>,
  { verify }: Policy,
  { id }: Pick<VaultRequest, 'id'>,
  commit: string,
  number?: number,
): Promise<ForgeSays | undefined> {
  if (verify !== 'forge') return undefined;
  if (forge === null) return { is: 'not', why: 'the policy says `verify: forge`, and pushpals.yml names no forge' };
  const pull = await (number === undefined
    ? forge.pullOf(vaultBranch(id), { into: opsBranch(ops), as: commit })
    : forge.pull(number));
  if (!pull.ok) return { is: 'unknown', failure: pull.failure };
  const access = await forge.access();
  if (!access.ok) return { is: 'unknown', failure: access.failure };
  const { login: self, doubt } = access.value;
  return wordOf(pull.value, { id, ops: opsBranch(ops), commit, kind: forge.kind, self, doubt });
}
