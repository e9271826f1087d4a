import { ok } from '../../core/failure.js';
import type { PullRequest } from '../../core/forge/pull-request.js';
import type { SeenRequests } from '../../core/forge/seen.js';
import type { StoredOrder } from '../../core/record.js';
import { meansNo, vaultBranch } from '../../core/vault/forge-word.js';
import type { Forge, Told } from '../ports/forge.js';

/** The requests that orders wait for. */
export const awaitedRequests = (live: readonly StoredOrder[]): readonly string[] =>
  live.flatMap((order) => (order.state === 'waiting' ? (order.record.waiting.request ?? []) : []));

/** The vault's requests as the forge has them, of its open pull requests `pulls`. */
export async function seeRequests(
  forge: Forge,
  pulls: readonly PullRequest[],
  ops: string,
  live: readonly StoredOrder[],
): Told<SeenRequests> {
  const open = new Map<string, PullRequest>();
  for (const pull of pulls) {
    const id = /^vault\/([a-z0-9-]+)$/.exec(pull.head.branch)?.[1];
    if (id !== undefined && pull.head.isOwn && pull.base === ops) open.set(id, pull);
  }
  const closed = new Map<string, { url: string; by: string | null }>();
  let self: string | null | undefined;
  for (const id of awaitedRequests(live)) {
    if (open.has(id)) continue;
    const newest = await forge.pullOf(vaultBranch(id));
    if (!newest.ok) return newest;
    const pull = newest.value;
    if (pull?.state !== 'closed' || pull.base !== ops) continue;
    if (self === undefined) {
      const access = await forge.access();
      if (!access.ok) return access;
      self = access.value.login;
    }
    if (meansNo(pull.closedBy, self)) closed.set(id, { url: pull.url, by: pull.closedBy });
  }
  return ok({ open, closed });
}
