import type { LandingOrder } from '../../core/delivery.js';
import { ok } from '../../core/failure.js';
import type { PullRequest } from '../../core/forge/pull-request.js';
import type { SeenOnForge } from '../../core/forge/seen.js';
import type { Plan } from '../../core/plan.js';
import type { Desired } from '../desired.js';
import type { Forge, ForgeUnavailable, Told } from '../ports/forge.js';
import type { Tools } from '../tools.js';
import { closeLeft } from './left-results.js';
import { mergeResults } from './merge-results.js';
import { noteResults, type Notes } from './note-results.js';
import { policyOf, textOf } from './result-facts.js';

/**
 * Has each result whose turn it is be a pull request into its target, and closes those of orders that do not wait for theirs any more. All of it is told by the names
 * of branches, so that whoever does it again, after a kill or beside another runner, finds what was done. What the forge has against one holds up no other.
 */
export async function keepResults(
  tools: Tools,
  desired: Desired,
  { left }: SeenOnForge,
  { opens, merges }: Plan['results'],
): Told<null> {
  const { forge } = tools;
  if (forge === null) return ok(null);
  const closed = await closeLeft(tools, forge, left);
  if (!closed.ok) return closed;
  const merged = await mergeResults(tools, desired, forge, merges);
  return merged.ok ? openResults(tools, desired, forge, opens) : merged;
}

async function openResults(tools: Tools, desired: Desired, forge: Forge, orders: readonly LandingOrder[]): Told<null> {
  if (orders.length === 0) return ok(null);
  // A pull request is of what the forge has.
  const shared = await tools.sharing?.sync();
  if (shared?.ok === false) return ok(null);
  const notes: Notes = new Map();
  let stopped: ForgeUnavailable | null = null;
  for (const order of orders) {
    const { id, shipped } = order.record;
    const opened = await openResult(tools, desired, forge, order);
    if (opened.ok) notes.set(id, { commit: shipped.commit, noted: { pull: opened.value } });
    else if (opened.failure.problem === 'refused') {
      const reason = `the forge takes no pull request of ${shipped.branch}: ${opened.failure.why}`;
      notes.set(id, { commit: shipped.commit, noted: { reason, failure: opened.failure } });
    } else {
      stopped = opened.failure;
      break;
    }
  }
  await noteResults(tools, notes);
  return stopped === null ? ok(null) : { ok: false, failure: stopped };
}

/** The pull request of a result: opened, adopted where one is open, or the one that it had and that somebody closed or merged before it was written down. */
async function openResult(tools: Tools, desired: Desired, forge: Forge, order: LandingOrder): Told<PullRequest> {
  const { id, shipped } = order.record;
  const { branch: head, into: base } = shipped;
  const newest = await forge.pullOf(head);
  if (!newest.ok) return newest;
  const before = newest.value;
  if (before !== null && before.state !== 'open' && before.base === base && before.head.commit === shipped.commit)
    return ok(before);
  const { labels = [], reviewers = [] } = desired.project.integrate ?? {};
  const draft = policyOf(desired, order).draft === true;
  const text = await textOf(tools, desired, order);
  const opened = await forge.openPull({ head, base, ...text, labels, reviewers, draft });
  if (!opened.ok) return opened;
  const { pull, unmet } = opened.value;
  tools.report({ event: 'warning', text: `${id} is to be merged at ${pull.url}` });
  for (const what of unmet) tools.report({ event: 'warning', text: `${pull.url}: ${what}` });
  return ok(pull);
}
