import type { VaultRequest } from '../../generated/types.js';
import type { RequestMove } from '../../core/move.js';
import { requestPath, vaultRef } from '../../core/vault/request.js';
import type { OpsCommit } from '../ports/ops.js';
import { RUNNER, type Tools } from '../tools.js';

type Writing = Pick<Tools, 'formats' | 'clock' | 'processes'>;

const PROPOSE = 'propose';

/**
 * The commit that asks a request, with the branch that a person merges to approve it: one commit above this one, and never what the ops branch goes on
 * from, so that no merge of it can be a fast-forward.
 */
export function askCommit({ request, from, restored = [] }: RequestMove, subject: string, tools: Writing): OpsCommit {
  const pending = requestPath('pending', request.id);
  const content = tools.formats.stringify(request);
  const at = tools.clock.now();
  const trailers = trailersOf(request, 'request', tools);
  return {
    subject: `request ${request.id}: ${subject}`,
    trailers,
    author: RUNNER,
    at,
    files: [
      ...(from === null || from === 'pending' ? [] : [{ path: requestPath(from, request.id), content: null }]),
      { path: pending, content },
      ...restored,
    ],
    branch: {
      ref: vaultRef(request.id),
      commit: {
        subject: `Approve ${request.id}: ${request.asks.what}`,
        body: `Merging this into the ops branch says yes to vault/pending/${request.id}.yml, and to nothing else.`,
        trailers: trailersOf(request, PROPOSE, tools),
        author: RUNNER,
        at,
        files: [
          { path: pending, content: null },
          { path: requestPath('approved', request.id), content },
        ],
      },
    },
  };
}

function trailersOf({ id, order }: VaultRequest, event: string, { processes }: Writing): OpsCommit['trailers'] {
  const { host, pid } = processes.self();
  return [
    ['PushPals-Order', order],
    ['PushPals-Request', id],
    ['PushPals-Event', event],
    ['PushPals-Runner', `${host}/${String(pid)}`],
    ['PushPals-Actor', `${RUNNER.name} <${RUNNER.email}>`],
  ];
}

/** The files of a request that ends: it leaves where it was and lies among the fired or rejected ones. */
export function endFiles({ request, from, to, restored = [] }: RequestMove, { formats }: Writing): OpsCommit['files'] {
  const path = requestPath(to, request.id);
  const before = from === null ? null : requestPath(from, request.id);
  return [
    ...(before === null || before === path ? [] : [{ path: before, content: null }]),
    { path, content: formats.stringify(request) },
    ...restored,
  ];
}

/** Takes away files that pose as approvals of what nobody waits for. */
export function strayCommit(paths: readonly string[], { clock, processes }: Writing): OpsCommit {
  const { host, pid } = processes.self();
  return {
    subject: `vault: ${String(paths.length)} approval(s) refused: nothing waits for them`,
    body: paths.join('\n'),
    trailers: [
      ['PushPals-Event', 'request'],
      ['PushPals-Runner', `${host}/${String(pid)}`],
    ],
    author: RUNNER,
    at: clock.now(),
    files: paths.map((path) => ({ path, content: null })),
  };
}

/** Removes the branch of a request that has ended, if it is as the runner made it; what somebody committed on top of it is theirs. */
export async function dropBranch({ repository }: Pick<Tools, 'repository'>, id: string): Promise<void> {
  const ref = vaultRef(id);
  const tip = await repository.resolve(ref);
  if (tip === null) return;
  const lines = (await repository.commitMessage(tip)).split('\n');
  if (lines.includes(`PushPals-Event: ${PROPOSE}`)) await repository.moveRef(ref, tip, null);
}
