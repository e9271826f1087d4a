import { ok } from '../../core/failure.js';
import { codeSpan } from '../../core/forge/outside-text.js';
import type { PullRequest } from '../../core/forge/pull-request.js';
import { RESULT_MARK } from '../../core/forge/result-text.js';
import { isByPull } from '../../core/forge/results.js';
import { PROPOSALS, isLive, type StoredOrder } from '../../core/record.js';
import { sameLogin } from '../../core/vault/forge-word.js';
import { findOrder } from '../orders.js';
import type { Forge, Told } from '../ports/forge.js';
import type { Tools } from '../tools.js';

/** Closes the runner's own pull requests of orders that do not wait for theirs any more; what people opened, or opened again, is theirs. */
export async function closeLeft(tools: Tools, forge: Forge, left: readonly PullRequest[]): Told<null> {
  const own = left.filter(({ body }) => body.includes(RESULT_MARK));
  if (own.length === 0) return ok(null);
  const access = await forge.access();
  if (!access.ok) return access;
  const { login: self } = access.value;
  // Another runner may have opened one right after it shared what the order waits for.
  const shared = await tools.sharing?.sync();
  if (shared?.ok === false) return ok(null);
  for (const { number, url, author, head } of own) {
    if (self !== null && !sameLogin(author, self)) continue;
    const found = await findOrder(tools, head.branch.slice(PROPOSALS.length - 'refs/heads/'.length));
    const why = found.ok ? whyLeft(found.value, number) : null;
    if (why === null) continue;
    const closed = await forge.closePull(number, why);
    if (closed.ok) tools.report({ event: 'warning', text: `${url} is closed: ${why}` });
    else if (closed.failure.problem !== 'refused') return closed;
  }
  return ok(null);
}

/** Why the pull request of an order is to be closed; null: it is people's. */
function whyLeft(order: StoredOrder, number: number): string | null {
  const { state, record } = order;
  if (isByPull(order)) return null;
  const id = codeSpan(record.id);
  if (isLive(state)) return `Order ${id} starts anew: what comes of it gets a pull request of its own.`;
  const { outcome = 'ended', reason, into, seen, pull } = record.ended ?? {};
  // Whoever opened it again after it was closed there has a mind of their own.
  if (state !== 'done' && pull?.number === number) return null;
  if (into !== undefined && seen !== undefined)
    return `${codeSpan(into)} holds the result of order ${id} already, at ${codeSpan(seen.slice(0, 12))}.`;
  return `Order ${id} ended: ${outcome}${reason === undefined ? '' : ` (${codeSpan(reason)})`}.`;
}
