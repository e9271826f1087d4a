import { ok, type Result } from '../../../runner/core/failure.js';
import { epochMs, type CommitId } from '../../../runner/core/ids.js';
import type { Signature } from '../../../runner/core/vault/approval.js';
import type { Clock } from '../../../runner/app/ports/machine.js';
import type { Person } from '../../../runner/app/ports/ops.js';
import type { AllowedKey, VaultCommit, VaultHistory } from '../../../runner/app/ports/vault.js';
import { gitFailed, throwing, type Carry } from '../carry.js';
import { adds, firstParent, isAncestor, reachable } from './history.js';
import type { Store } from './store.js';

/** Who works at a machine, with the key that their git signs with; null: it cannot sign. */
export interface Operator extends Person {
  readonly key: string | null;
}

export class SimulatedVaultHistory implements VaultHistory {
  constructor(
    private readonly store: Store,
    private readonly operator: Operator,
    private readonly clock: Clock,
    private readonly carry: Carry,
  ) {}

  added(tip: CommitId, path: string, keys: readonly AllowedKey[]): Promise<VaultCommit | null> {
    return this.carry({
      what: 'vault.added',
      about: path,
      effect: () => {
        const { objects } = this.store;
        const adding = [...reachable(objects, tip)]
          .sort((one, other) => other.generation - one.generation || (one.id < other.id ? -1 : 1))
          .map((commit) => ({ commit, parent: firstParent(objects, commit) }))
          .filter(({ commit, parent }) => adds(commit, parent, path));
        for (const [index, { commit, parent }] of adding.entries()) {
          // One that only joins two lines of the branch, one of which has it, is not the one.
          const joined = adding
            .slice(index + 1)
            .filter((other) => !other.commit.message.includes('PushPals-Event: propose'))
            .filter((other) => parent === null || !isAncestor(objects, other.commit.id, parent.id))
            .some((other) => commit.parents.slice(1).some((side) => isAncestor(objects, other.commit.id, side)));
          if (joined) continue;
          const { id, author, committer, signedBy } = commit;
          return { commit: id, parent: parent?.id ?? null, author, committer, signature: signatureOf(signedBy, keys) };
        }
        return null;
      },
      failing: throwing('git log'),
    });
  }

  wasAdded(tip: CommitId, path: string): Promise<boolean> {
    return this.carry({
      what: 'vault.wasAdded',
      about: path,
      effect: () => {
        const { objects } = this.store;
        for (const commit of reachable(objects, tip)) {
          const parents = commit.parents.length === 0 ? [null] : commit.parents.map((parent) => objects.get(parent));
          if (parents.some((parent) => adds(commit, parent, path))) return true;
        }
        return false;
      },
      failing: throwing('git log'),
    });
  }

  approve(tip: CommitId, branch: CommitId, tree: CommitId, message: string, sign: boolean): Promise<Result<CommitId>> {
    return this.carry({
      what: 'vault.approve',
      about: message.split('\n')[0] ?? '',
      effect: () => {
        const { key, ...person } = this.operator;
        if (sign && key === null) return gitFailed('git commit-tree')();
        const { objects } = this.store;
        const commit = objects.commit({
          tree: objects.get(tree).tree,
          parents: [tip, branch],
          author: person,
          committer: person,
          seconds: Math.floor(epochMs(this.clock.now()) / 1000),
          message,
          signedBy: sign ? key : null,
        });
        return ok(commit.id);
      },
      failing: gitFailed('git commit-tree'),
    });
  }
}

function signatureOf(signedBy: string | null, keys: readonly AllowedKey[]): Signature {
  if (signedBy === null) return { is: 'none' };
  const found = keys.find(({ key }) => key === signedBy);
  return found === undefined ? { is: 'unknown' } : { is: 'good', by: found.id };
}
