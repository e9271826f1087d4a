import { ok, type Failure } from '../../core/failure.js';
import { formulaFacts } from '../../core/formula-facts.js';
import { sameLogin } from '../../core/vault/forge-word.js';
import type { LandingOrder } from '../../core/delivery.js';
import type { PullRequest } from '../../core/forge/pull-request.js';
import { codeSpan } from '../../core/forge/outside-text.js';
import { RESULT_MARK, resultBody, resultLines, resultTitle, type ResultFacts } from '../../core/forge/result-text.js';
import { isByPull, waits, waitsFor } from '../../core/forge/results.js';
import type { SeenOnForge } from '../../core/forge/seen.js';
import { graphOf } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import type { Plan } from '../../core/plan.js';
import { decide, raised } from '../../core/policy.js';
import { PROPOSALS, isLive, type StoredOrder } from '../../core/record.js';
import { reviewReasons } from '../../core/review/findings.js';
import type { Desired } from '../desired.js';
import { changesWithDependencies } from '../manifests.js';
import { readOpsAt } from '../observe.js';
import { findOrder } from '../orders.js';
import type { Forge, ForgeUnavailable, Told } from '../ports/forge.js';
import { redacted } from '../redact.js';
import { opsBranch, type Tools } from '../tools.js';
import { transitionCommit, write } from '../transition.js';
import { readRequest } from '../vault/recheck.js';

/** What the forge did, or has against it, of the result of an order. */
type Noted = { readonly pull: PullRequest } | { readonly reason: string; readonly failure?: Failure };

/**
 * Has each result whose turn it is be a pull request into its target, and closes those of orders that do not wait for theirs any more. All of it is told by the names
 * of branches, so that whoever does it again, after a kill or beside another runner, finds what was done. What the forge has against one holds up no other.
 */
export async function keepResults(
  tools: Tools,
  desired: Desired,
  { left }: SeenOnForge,
  { opens }: Plan['results'],
): Told<null> {
  const { forge } = tools;
  if (forge === null) return ok(null);
  const closed = await closeLeft(tools, forge, left);
  if (!closed.ok) return closed;
  return openResults(tools, desired, forge, opens);
}

async function openResults(tools: Tools, desired: Desired, forge: Forge, orders: readonly LandingOrder[]): Told<null> {
  if (orders.length === 0) return ok(null);
  // A pull request is of what the forge has.
  const shared = await tools.sharing?.sync();
  if (shared?.ok === false) return ok(null);
  const notes = new Map<string, { readonly commit: string; readonly noted: Noted }>();
  let stopped: ForgeUnavailable | null = null;
  for (const order of orders) {
    const { id, shipped } = order.record;
    const { labels = [], reviewers = [] } = desired.project.integrate ?? {};
    const { branch: head, into: base } = shipped;
    const draft = policyOf(desired, order).draft === true;
    const text = await textOf(tools, desired, order);
    const opened = await forge.openPull({ head, base, ...text, labels, reviewers, draft });
    if (opened.ok) {
      const { pull, unmet } = opened.value;
      notes.set(id, { commit: shipped.commit, noted: { pull } });
      tools.report({ event: 'warning', text: `${id} is to be merged at ${pull.url}` });
      for (const what of unmet) tools.report({ event: 'warning', text: `${pull.url}: ${what}` });
    } else if (opened.failure.problem === 'refused') {
      const reason = `the forge takes no pull request of ${head}: ${opened.failure.why}`;
      notes.set(id, { commit: shipped.commit, noted: { reason, failure: opened.failure } });
    } else {
      stopped = opened.failure;
      break;
    }
  }
  await noteResults(tools, notes);
  return stopped === null ? ok(null) : { ok: false, failure: stopped };
}

const policyOf = (
  { policy }: Pick<Desired, 'policy'>,
  { record }: LandingOrder,
): NonNullable<NonNullable<Desired['policy']['tiers']>['low']> => policy.tiers?.[record.shipped.tier ?? 'high'] ?? {};

/** Writes down what became of results, of those that are still what was asked about. */
async function noteResults(
  tools: Tools,
  notes: ReadonlyMap<string, { readonly commit: string; readonly noted: Noted }>,
): Promise<void> {
  if (notes.size === 0) return;
  const written = await write(tools, async (tip) => {
    const { live } = await readOpsAt(tip, tools);
    return ok(
      live.filter(isByPull).flatMap((from) => {
        const found = notes.get(from.record.id);
        if (found?.commit !== from.record.shipped.commit) return [];
        const move = noting(from, found.noted);
        return JSON.stringify(move.to) === JSON.stringify(from) ? [] : [transitionCommit(move, tools)];
      }),
    );
  });
  if (!written.ok) tools.report({ event: 'trouble', failure: written.failure });
}

function noting(from: LandingOrder, noted: Noted): ReturnType<typeof waits> {
  if ('reason' in noted) return waits(from, noted.reason, noted.failure);
  const { number, url } = noted.pull;
  const { shipped } = from.record;
  const { to } = waits(from, waitsFor(url, shipped.into));
  const record = { ...to.record, shipped: { ...shipped, pull: { number, url } } };
  return { event: 'open', from, to: { ...to, record } as StoredOrder };
}

/** The text of a result's pull request. What looks like a credential is cut out of it, as out of the report. */
async function textOf(
  tools: Tools,
  desired: Desired,
  order: LandingOrder,
): Promise<{ readonly title: string; readonly body: string }> {
  const facts = await factsOf(tools, desired, order);
  const clean = (text: string): Promise<string> => redacted(tools.scanner, 'pull-request.md', text);
  const title = resultTitle({ record: order.record, message: await clean(facts.message) });
  return { title, body: resultBody(facts, (await clean(resultLines(facts).join('\n'))).split('\n')) };
}

async function factsOf(tools: Tools, desired: Desired, order: LandingOrder): Promise<ResultFacts> {
  const { repository, ops, cel } = tools;
  const { record } = order;
  const { run, shipped } = record;
  const [base, commit] = [shipped.base as CommitId, shipped.commit as CommitId];
  if ((await repository.tree(commit)) === null) await tools.sharing?.fetchRun(run.id, record.id);
  const isHere = (await repository.tree(commit)) !== null;
  const loaded = await desired.formula(run.formula);
  const formula = loaded?.ok === true && loaded.value.digest === run.formulaDigest ? loaded.value.formula : null;
  const changes = isHere ? await changesWithDependencies(repository, base, commit) : ok([]);
  const nodes = formula === null ? null : graphOf(formula, record.order.checks);
  const decided =
    formula === null || !changes.ok
      ? null
      : decide(record.order, formulaFacts(formula), changes.value, desired.policy, cel);
  const decision =
    decided === null || nodes === null
      ? null
      : raised(decided, reviewReasons(nodes, run.steps, run.rounds), desired.policy);
  const tip = await ops.tip();
  const request =
    run.request === undefined || tip === null ? null : await readRequest(tools, tip, 'fired', run.request);
  const { draft, 'auto-merge': isOurs } = policyOf(desired, order);
  return {
    record,
    message: isHere ? await repository.commitMessage(commit) : record.order.goal,
    nodes,
    changes: changes.ok ? changes.value : [],
    reasons: decision?.tier === shipped.tier ? (decision?.reasons ?? []) : [],
    approvedBy: (request?.approvals ?? []).map(({ by }) => by),
    ops: opsBranch(ops),
    merges: draft === true ? 'nobody-yet' : isOurs === true ? 'runner' : 'people',
  };
}

/** Closes the runner's own pull requests of orders that do not wait for theirs any more; what people opened, or opened again, is theirs. */
async function closeLeft(tools: Tools, forge: Forge, left: readonly PullRequest[]): Told<null> {
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
