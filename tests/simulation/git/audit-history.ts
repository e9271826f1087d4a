import type { AuditHistory } from '../../../runner/app/ports/audit.js';
import type { AuditCommit } from '../../../runner/core/audit.js';
import type { CommitId } from '../../../runner/core/ids.js';
import type { Carry } from '../carry.js';
import { differences } from './changes.js';
import { firstParents, reachable } from './history.js';
import { entryAt, type Commit } from './objects.js';
import type { Store } from './store.js';
import { trailersOf } from './trailers.js';

export const simulatedAuditHistory = ({ objects }: Store, carry: Carry): AuditHistory => ({
  commits: (tip) =>
    carry({
      what: 'audit.commits',
      effect: () =>
        [...reachable(objects, tip)]
          .sort((a, b) => a.generation - b.generation || (a.id < b.id ? -1 : 1))
          .map((commit) =>
            auditCommit(
              commit,
              commit.parents.map((parent) => objects.get(parent)),
            ),
          ),
    }),
  versions: (tip, path) =>
    carry({
      what: 'audit.versions',
      effect: () =>
        [...firstParents(objects, tip)].flatMap(({ commit, parent }): CommitId[] =>
          idAt(commit, path) === idAt(parent, path) ? [] : [commit.id],
        ),
    }),
});

function idAt(commit: Commit | null, path: string): string | null {
  const entry = commit === null ? null : entryAt(commit.tree, path);
  return entry === null ? null : 'blob' in entry ? entry.blob.id : entry.tree.id;
}

function auditCommit(commit: Commit, parents: readonly Commit[]): AuditCommit {
  let order = '';
  const events: AuditCommit['events'][number][] = [];
  for (const [key, value] of trailersOf(commit.message)) {
    if (key === 'PushPals-Order') order = value;
    else if (key === 'PushPals-Event') events.push({ order, event: value });
  }
  const changes = differences(parents[0]?.tree ?? null, commit.tree)
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, before, after }) => ({
      status: before === null ? ('A' as const) : after === null ? ('D' as const) : ('M' as const),
      path,
      blob: after?.blob.id ?? null,
    }));
  const own = parents
    .map((parent) => new Set(differences(parent.tree, commit.tree).map(({ path }) => path)))
    .reduce(
      (all, each) => new Set([...all].filter((path) => each.has(path))),
      new Set(changes.map(({ path }) => path)),
    );
  return {
    commit: commit.id,
    parents: commit.parents,
    own: parents.length > 1 ? own : null,
    committer: commit.committer.email,
    events,
    changes,
  };
}
