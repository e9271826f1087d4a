import type { Policy, VaultRequest } from '../../generated/types.js';
import { ok } from '../../core/failure.js';
import { requestPath, vaultRef } from '../../core/vault/request.js';
import { vaultBranch } from '../../core/vault/forge-word.js';
import { pullText } from '../../core/vault/pull-text.js';
import type { SeenRequests } from '../../core/forge/seen.js';
import type { Told } from '../ports/forge.js';
import { opsBranch, type Tools } from '../tools.js';
import { readRequest } from './recheck.js';

/**
 * Has each request that waits be a pull request into the ops branch, and closes those of requests that wait no more. All of it is told by the names of branches, so
 * whoever does it again finds what was done.
 */
export async function keepRequests(tools: Tools, policy: Policy, { open, closed }: SeenRequests): Told<null> {
  const { forge, ops, repository, sharing } = tools;
  const tip = await ops.tip();
  if (forge === null || tip === null) return ok(null);
  const files = await repository.files(tip, ['vault/pending', 'vault/approved']);
  const ids = (state: 'pending' | 'approved'): ReadonlySet<string> =>
    new Set(files.flatMap(({ path }) => new RegExp(`^vault/${state}/([a-z0-9-]+)\\.yml$`).exec(path)?.[1] ?? []));
  const [pending, approved] = [ids('pending'), ids('approved')];
  const wanted = [...pending].filter((id) => !open.has(id) && !closed.has(id));
  // A pull request is of what the forge has.
  const shared = wanted.length === 0 || ((await sharing?.sync()) ?? ok(null)).ok;
  for (const id of shared ? wanted : []) {
    const request = await readRequest(tools, tip, 'pending', id);
    if (request === null || (await repository.resolve(vaultRef(id))) === null) continue;
    const opened = await forge.openPull({
      head: vaultBranch(id),
      base: opsBranch(ops),
      ...pullText(request),
      labels: [],
      reviewers: reviewersOf(policy, request, forge.kind),
      draft: false,
    });
    if (!opened.ok) return opened;
    tools.report({ event: 'warning', text: `${id} is to be approved at ${opened.value.pull.url}` });
  }
  for (const [id, { number }] of open) {
    if (pending.has(id) || approved.has(id)) continue;
    const ended = await forge.closePull(number, await whyEnded(tools, id));
    if (!ended.ok) return ended;
  }
  return ok(null);
}

/** Who may say yes, by their logins; of many, some. */
function reviewersOf({ approvers = [] }: Policy, { needs }: VaultRequest, kind: string): readonly string[] {
  const { from = [] } = needs;
  const able = approvers.filter(({ groups = [] }) => from.length === 0 || groups.some((group) => from.includes(group)));
  return able.flatMap(({ logins = {} }) => logins[kind] ?? []).slice(0, 10);
}

async function whyEnded(tools: Tools, id: string): Promise<string> {
  const tip = await tools.ops.tip();
  for (const state of ['rejected', 'fired'] as const) {
    const request = tip === null ? null : await readRequest(tools, tip, state, id);
    if (request === null) continue;
    const { outcome = 'done', reason, by } = request.end ?? {};
    return `${requestPath(state, id)}: ${outcome}${by === undefined ? '' : ` by ${by}`}${reason === undefined ? '' : ` (${reason})`}`;
  }
  return `Nothing waits for ${id} any more.`;
}
