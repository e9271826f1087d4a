import type { RunRecord } from '../../../generated/types.js';
import { together } from '../../../core/agents/budget.js';
import { RECOVERY, ok, type Failure, type Result } from '../../../core/failure.js';
import { graphOf } from '../../../core/graph.js';
import { epochMs, type Instant } from '../../../core/ids.js';
import { delivered } from '../../../core/delivered.js';
import type { Integration } from '../../../core/landing.js';
import { MOST_LOST, lostAgain } from '../../../core/lost.js';
import { withoutWaiting } from '../../../core/move.js';
import type { LoadedFormula } from '../../../core/observed.js';
import { oneMore } from '../../../core/outage.js';
import { retryAt } from '../../../core/backoff.js';
import { runBudgetMs } from '../../../core/plan.js';
import { evidencePath, type ActiveOrder, type StoredOrder } from '../../../core/record.js';
import { orderAfter } from '../../../core/run-end.js';
import { mergeEvidence, type MergeFacts } from '../../../core/merge-evidence.js';
import type { Desired } from '../../desired.js';
import type { OpsCommit } from '../../ports/ops.js';
import type { Tools } from '../../tools.js';
import { transitionCommit } from '../../transition.js';
import type { World } from '../../world.js';
import { factsOf, type RunContext } from '../context.js';
import type { Executed } from '../finish.js';
import { takenRun } from '../go-on.js';
import { claim } from '../claim.js';
import { underClaim, type Afterwards } from '../run-claimed.js';
import { requeue } from '../start-over.js';
import { land, type Landed } from './land.js';
import { targetTip } from '../../target.js';
import { commitOf, followersOf, leaderOf, type Member } from './member.js';
import { resolverFor, type Unfitting } from './resolver.js';
import { TryOuts } from './try-out.js';

type How = { readonly signal: AbortSignal; readonly afterwards: Afterwards };

/** Claims an order whose result waits for its target, and merges it. Null: another runner was faster, or the order starts anew. */
export async function integrateOrder(
  tools: Tools,
  world: World,
  { order: from, formula, target, batch }: Integration,
  how: How,
): Promise<Result<Executed | null>> {
  const { lost: _, ...run } = from.record.run;
  const { into } = from.record.shipped;
  const integration = { into, target, batch: [...batch] };
  const taken: RunRecord = { ...takenRun(tools, world.desired, run), integration };
  const to: ActiveOrder = { state: 'active', record: { ...withoutWaiting(from.record), run: taken } };
  const claimed = await claim(tools, world.desired, from, to, 'integrate');
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  return ok(await integrate(tools, world, claimed.value, formula, { ...how, resumed: false }));
}

/** Takes over an order whose result a runner was merging when it died. What it may have come to is seen in the target. */
export async function resumeIntegration(
  tools: Tools,
  world: World,
  from: ActiveOrder,
  formula: LoadedFormula,
  how: How,
): Promise<Result<Executed | null>> {
  const { run } = from.record;
  const taken = { ...takenRun(tools, world.desired, run), lost: lostAgain(run) };
  const claimed = await claim(
    tools,
    world.desired,
    from,
    { state: 'active', record: { ...from.record, run: taken } },
    'resume',
  );
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  return ok(await integrate(tools, world, claimed.value, formula, { ...how, resumed: true }));
}

function integrate(
  tools: Tools,
  { desired }: World,
  order: ActiveOrder,
  loaded: LoadedFormula,
  how: How & { readonly resumed: boolean },
): Promise<Executed | null> {
  const nodes = graphOf(loaded.formula, order.record.order.checks);
  // The run's own time is over; what it was allowed is what its checks may take now.
  const endsAt = epochMs(tools.clock.now()) + runBudgetMs(loaded.formula, order.record.order);
  return underClaim(
    tools,
    desired,
    order,
    loaded,
    nodes,
    { ...how, approved: null, endsAt },
    async (context, trees) => {
      const { run } = context.journal.order.record;
      const leader = leaderOf(context, trees);
      const target = await targetTip(tools, leader.record.shipped.into);
      // A runner that died may have come to this, and nothing that changed since then undoes it.
      if (target !== null && (await tools.repository.isAncestor(commitOf(leader), target)))
        return ok(() => end(leader, [], { is: 'landed', tip: target, members: [leader] }));
      if (run.formulaDigest !== loaded.digest) return ok(() => end(leader, [], changed));
      if ((run.lost?.times ?? 0) >= MOST_LOST) return ok(() => end(leader, [], givenUp(context)));
      const [, ...others] = run.integration?.batch ?? [];
      const followers = await followersOf(context, desired, leader, others);
      if (!followers.ok) return followers;
      const tryOuts = new TryOuts();
      try {
        const landed = await land([leader, ...followers.value], desired, tryOuts);
        if (!landed.ok && (context.signal.aborted || landed.failure.class === 'claim-lost')) return landed;
        const came = landed.ok ? await orResolver(leader, desired, landed.value) : unsettled(landed.failure);
        return ok(() => end(leader, mergeFiles(leader, followers.value, tryOuts, came), came));
      } finally {
        await Promise.all(followers.value.map((member) => member.trees.closeAll()));
      }
    },
  );
}

const changed: Landed = { is: 'anew', why: 'the formula is another one now' };

const givenUp = ({ journal }: RunContext): Landed => {
  const { id, run } = journal.order.record;
  const claimant = `${run.claimant.host}/${String(run.claimant.pid)}`;
  return { is: 'failed', failure: { class: 'runner-lost', order: id, claimant, times: MOST_LOST } };
};

/** What became of a merge. */
type Came = Landed | Unfitting;

/** A result that does not fit its target is brought together with it by another order, where one may. */
async function orResolver(leader: Member, desired: Desired, came: Landed): Promise<Came> {
  if (came.is !== 'failed' || came.failure.class !== 'merge-conflict') return came;
  const found = await resolverFor(leader, desired, came.failure);
  return found.ok ? found.value : unsettled(found.failure);
}

/** A check that could not be run: what is broken around it mends, and what is its own fault ends the order like one that fails. */
const unsettled = (failure: Failure): Came =>
  RECOVERY[failure.class] === 'wait'
    ? { is: 'later', reason: `its checks could not be run (${failure.class})`, failure }
    : { is: 'failed', failure };

/** What was run on what would be merged, for whoever asks later why it went in, or did not. */
function mergeFiles(leader: Member, followers: readonly Member[], tryOuts: TryOuts, came: Came): OpsCommit['files'] {
  const { tools } = leader.context;
  const { record } = leader;
  const folder = `${evidencePath(record.run)}/merge`;
  const logs = [leader, ...followers].flatMap((member) =>
    member.checks.flatMap(({ key }) => {
      const { log } = factsOf(member.context, key);
      return log === '' ? [] : [{ path: `${folder}/${member.record.id}-${key}.log`, content: log }];
    }),
  );
  const members = came.is === 'landed' ? came.members.map(({ record: { id } }) => id) : [];
  const told = mergeEvidence({
    record,
    outcome: came.is,
    tip: came.is === 'landed' ? came.tip : null,
    merged: members,
    conflict: conflictOf(came),
    resolved: tryOuts.resolved,
    checks: tryOuts.all.map(({ tail: _, ...tried }) => tried),
    at: tools.clock.now(),
  });
  return [{ path: `${folder}/merge.json`, content: told }, ...logs];
}

function conflictOf(came: Came): MergeFacts['conflict'] {
  const failure = came.is === 'resolving' || came.is === 'failed' ? came.failure : null;
  if (failure?.class !== 'merge-conflict') return null;
  return { paths: failure.paths, resolver: came.is === 'resolving' ? came.by : null };
}

/** Writes down what became of the merge. */
async function end({ context, record }: Member, files: OpsCommit['files'], came: Came): Promise<Executed | null> {
  const { tools, journal, loaded, project } = context;
  const at = tools.clock.now();
  const evidence = evidencePath(record.run);
  if (came.is === 'anew') {
    const requeued = await requeue(tools, project, journal.order, came.why);
    return requeued.ok ? null : { stopped: requeued.failure };
  }
  if (came.is === 'resolving') return untilResolved({ context, record }, files, came);
  const { branch, commit } = record.shipped;
  const none = { branch: null, commit: null, delivery: null };
  const [event, to] =
    came.is === 'landed'
      ? (['deliver', delivered(journal.order, came.tip, at).to] as const)
      : came.is === 'later'
        ? (['park', putBack(journal.order, came, at)] as const)
        : failed(
            orderAfter(
              journal.order.record,
              { outcome: 'failed', failure: came.failure, ...none, at, evidence },
              loaded.formula,
            ),
          );
  const written = await journal.end({ event, to, files });
  if (!written.ok) return { stopped: written.failure };
  const failure = came.is === 'landed' ? null : (came.failure ?? null);
  tools.report({
    event: 'ended',
    order: record.id,
    outcome: came.is === 'landed' ? 'merged' : to.state === 'waiting' ? 'waiting' : 'failed',
    evidence,
    ...(came.is === 'landed' ? { branch, commit, into: record.shipped.into } : {}),
    ...(failure === null ? {} : { failure }),
  });
  return { order: to, failure };
}

/** The order waits for the one that brings its result together with the target, which is filed in the same commits. */
async function untilResolved(
  { context, record }: Pick<Member, 'context' | 'record'>,
  files: OpsCommit['files'],
  { by, child, failure }: Extract<Came, { is: 'resolving' }>,
): Promise<Executed> {
  const { tools, journal } = context;
  const { into, branch, resolvers = [] } = record.shipped;
  const { integration: _, ...run } = journal.order.record.run;
  const { given = {} } = journal.order.record;
  const to: StoredOrder = {
    state: 'waiting',
    record: {
      ...journal.order.record,
      ...(child?.allowance === undefined ? {} : { given: together(given, child.allowance) }),
      run,
      shipped: { ...record.shipped, resolvers: [...resolvers, by] },
      waiting: {
        since: tools.clock.now(),
        on: 'integration',
        orders: [by],
        reason: `${branch} and ${into} conflict: waits for ${by}, which brings them together`,
        failure,
      },
    },
  };
  const filed =
    child === null
      ? []
      : [transitionCommit({ event: 'file', from: null, to: { state: 'queue', record: child } }, tools)];
  const written = await journal.end({ event: 'park', to, files }, filed);
  if (!written.ok) return { stopped: written.failure };
  tools.report({ event: 'resolving', order: record.id, by, into, paths: failure.paths });
  return { order: to, failure: null };
}

const failed = (to: StoredOrder): readonly ['fail' | 'park', StoredOrder] =>
  to.state === 'failed' ? ['fail', to] : ['park', to];

/** Back into the queue of its target: until later where something around it is broken, until the target moves where that is to blame. */
function putBack(
  from: ActiveOrder,
  { reason, failure, tried }: Extract<Landed, { is: 'later' }>,
  at: Instant,
): StoredOrder {
  const { integration: _, ...run } = from.record.run;
  const isBroken = failure !== undefined && tried === undefined;
  const outage = isBroken ? oneMore(from.record.outage, failure, at) : from.record.outage;
  const waiting = {
    since: at,
    on: 'integration' as const,
    reason,
    ...(isBroken ? { until: retryAt(at, outage?.times ?? 1, from.record.id) } : {}),
    ...(failure === undefined ? {} : { failure }),
    ...(tried === undefined ? {} : { tried }),
  };
  const { outage: __, ...record } = from.record;
  return { state: 'waiting', record: { ...record, run, waiting, ...(outage === undefined ? {} : { outage }) } };
}
