import type { Policy } from '../../generated/types.js';
import { ok, type Result } from '../../core/failure.js';
import type { PullRequest } from '../../core/forge/pull-request.js';
import { nextLook, noted, type SeenOnForge } from '../../core/forge/when.js';
import { elapsedMs, type Instant } from '../../core/ids.js';
import type { StoredOrder } from '../../core/record.js';
import { vaultBranch } from '../../core/vault/forge-word.js';
import type { Forge, ForgeUnavailable } from '../ports/forge.js';
import { readOps } from '../observe.js';
import { opsBranch, type Tools } from '../tools.js';

/** The requests that orders wait for, each with when it was asked. */
const awaitedRequests = (live: readonly StoredOrder[]): readonly { readonly id: string; readonly at: Instant }[] =>
  live.flatMap((order) =>
    order.state === 'waiting' && order.record.waiting.request !== undefined
      ? [{ id: order.record.waiting.request, at: order.record.waiting.since as Instant }]
      : [],
  );

/**
 * Looks at the forge where that is due: once a minute at most, and at once for a request that was asked since. Null where it is not due, or where it does not answer: that is
 * noted for people, and nothing else depends on it.
 */
export async function lookAtForge(tools: Tools, policy: Policy, asksNow = false): Promise<SeenOnForge | null> {
  const { forge, machine, clock } = tools;
  if (forge === null || tools.dryRun || policy.verify !== 'forge') return null;
  const view = await readOps(tools);
  if (!view.ok) return null;
  const requests = awaitedRequests(view.value.live);
  const before = await machine.forgeNote();
  const now = clock.now();
  const next = nextLook(before, now);
  const isNews = before?.failing === null && (asksNow || requests.some(({ at }) => at >= before.at));
  if (next !== null && next > now && !isNews) return null;
  const seen = await look(forge, opsBranch(tools.ops), requests);
  await machine.noteForge(noted(before, now, seen.ok ? null : seen.failure));
  if (seen.ok) {
    if (before !== null && before.failing !== null)
      tools.report({ event: 'warning', text: `${forge.where} answers again; what waited is looked at` });
    return seen.value;
  }
  if (before === null || before.failing === null) tools.report({ event: 'trouble', failure: seen.failure });
  return null;
}

/** In how many milliseconds the forge is to be looked at for what waits there; none where nothing does. */
export async function untilLook(
  { forge, machine, clock }: Pick<Tools, 'forge' | 'machine' | 'clock'>,
  { verify }: Policy,
  live: readonly StoredOrder[],
): Promise<readonly number[]> {
  if (forge === null || verify !== 'forge' || awaitedRequests(live).length === 0) return [];
  const now = clock.now();
  const next = nextLook(await machine.forgeNote(), now);
  return [next === null ? 0 : Math.max(0, elapsedMs(now, next))];
}

async function look(
  forge: Forge,
  ops: string,
  requests: readonly { readonly id: string }[],
): Promise<Result<SeenOnForge, ForgeUnavailable>> {
  const pulls = await forge.openPulls();
  if (!pulls.ok) return pulls;
  const openRequests = new Map<string, PullRequest>();
  for (const pull of pulls.value) {
    const id = /^vault\/([a-z0-9-]+)$/.exec(pull.head.branch)?.[1];
    if (id !== undefined && pull.head.isOwn && pull.base === ops) openRequests.set(id, pull);
  }
  const closedRequests = new Map<string, { url: string; by: string | null }>();
  for (const { id } of requests) {
    if (openRequests.has(id)) continue;
    const newest = await forge.pullOf(vaultBranch(id));
    if (!newest.ok) return newest;
    const pull = newest.value;
    if (pull?.state === 'closed' && pull.base === ops) closedRequests.set(id, { url: pull.url, by: pull.closedBy });
  }
  return ok({ openRequests, closedRequests });
}
