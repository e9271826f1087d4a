import { ok, type Result } from '../../../runner/core/failure.js';
import { epochMs, type CommitId } from '../../../runner/core/ids.js';
import type { Signature } from '../../../runner/core/vault/approval.js';
import type { Clock } from '../../../runner/app/ports/machine.js';
import type { Person } from '../../../runner/app/ports/ops.js';
import type { AllowedKey, VaultCommit, VaultHistory } from '../../../runner/app/ports/vault.js';
import { gitFailed, throwing, type Carry } from '../carry.js';
import { adds, firstParents, reachable } from './history.js';
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
        for (const { commit, parent } of firstParents(this.store.objects, tip)) {
          if (!adds(commit, parent, path)) continue;
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
