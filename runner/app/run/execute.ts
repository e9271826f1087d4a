import type { OrderRecord, RunRecord } from '../../generated/types.js';
import { RECOVERY, ok, type Failure, type Result } from '../../core/failure.js';
import { completionReport, logName, provenance, runJson, type RunFacts } from '../../core/evidence.js';
import { decidingFailure, graphOf, resumeFrom, type Node, type Statuses } from '../../core/graph.js';
import { durationMs, epochMs, later, type CommitId, type Instant } from '../../core/ids.js';
import { retryAt, runBudgetMs, withoutWaiting } from '../../core/plan.js';
import type { LoadedFormula } from '../../core/observed.js';
import { baseOf, evidencePath, runId, stepRef, type ActiveOrder, type StoredOrder } from '../../core/record.js';
import { inputsOf, type Desired } from '../desired.js';
import { driverOf } from '../observe.js';
import type { OpsCommit } from '../ports/ops.js';
import type { Tools } from '../tools.js';
import { factsOf, type RunContext, type StepFacts } from './context.js';
import { Journal, claim } from './journal.js';
import { runGraph } from './run-graph.js';
import type { Shipped } from './ship-step.js';

/** How a started order went: its last state, or why it is not this runner's any more. */
export type Executed =
  { readonly order: StoredOrder; readonly failure: Failure | null } | { readonly stopped: Failure | 'interrupted' };

const DIFF_BYTES = 1024 * 1024;

/** Claims an order and runs it to its end. Null: another runner was faster. */
export async function executeOrder(
  tools: Tools,
  desired: Desired,
  from: StoredOrder,
  loaded: LoadedFormula,
  base: CommitId,
  signal: AbortSignal,
): Promise<Result<Executed | null>> {
  const nodes = graphOf(loaded.formula);
  const claimed = await claim(tools, from, claimedOrder(tools, desired, from, loaded, base, nodes), 'claim');
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  return ok(await runClaimed(tools, desired, claimed.value, loaded, nodes, signal, false));
}

/** Takes over an order whose runner died, and goes on from its last snapshot commits. */
export async function resumeOrder(
  tools: Tools,
  desired: Desired,
  from: ActiveOrder,
  loaded: LoadedFormula,
  signal: AbortSignal,
): Promise<Result<Executed | null>> {
  const nodes = graphOf(loaded.formula);
  const now = tools.clock.now();
  const { run } = from.record;
  const taken: RunRecord = {
    ...run,
    claimant: tools.processes.self(),
    leaseUntil: later(now, leaseMs(desired)),
    steps: { ...resumeFrom(nodes, run.steps) },
  };
  const claimed = await claim(tools, from, { state: 'active', record: { ...from.record, run: taken } }, 'resume');
  if (!claimed.ok || claimed.value === null) return claimed.ok ? ok(null) : claimed;
  return ok(await runClaimed(tools, desired, claimed.value, loaded, nodes, signal, true));
}

const leaseMs = ({ project }: Desired): number => durationMs(project.runner?.lease ?? '5m');

function claimedOrder(
  tools: Tools,
  desired: Desired,
  from: StoredOrder,
  loaded: LoadedFormula,
  base: CommitId,
  nodes: readonly Node[],
): ActiveOrder {
  const now = tools.clock.now();
  const attempt = from.record.attempts + 1;
  const run: RunRecord = {
    id: `${from.record.id}-${String(attempt)}`,
    attempt,
    claimedAt: now,
    claimant: tools.processes.self(),
    leaseUntil: later(now, leaseMs(desired)),
    formula: loaded.formula.formula,
    formulaDigest: loaded.digest,
    base,
    driver: driverOf(desired),
    steps: Object.fromEntries(nodes.map(({ key }) => [key, { state: 'pending' as const }])),
  };
  return { state: 'active', record: { ...withoutWaiting(from.record), attempts: attempt, run } };
}

async function runClaimed(
  tools: Tools,
  desired: Desired,
  order: ActiveOrder,
  loaded: LoadedFormula,
  nodes: readonly Node[],
  stop: AbortSignal,
  resumed: boolean,
): Promise<Executed> {
  const { run } = order.record;
  const driver = await tools.sandbox(run.driver);
  const journal = new Journal(tools, order, desired.project.runner?.lease ?? '5m');
  const lost = new AbortController();
  const endsAt = epochMs(run.claimedAt as Instant) + runBudgetMs(loaded.formula, order.record.order);
  const context: RunContext = {
    tools,
    project: desired.project,
    policy: desired.policy,
    loaded,
    nodes,
    inputs: inputsOf(loaded.formula, order.record.order.inputs),
    base: baseOf(run),
    run: runId(run),
    journal,
    driver,
    signal: AbortSignal.any([stop, lost.signal]),
    remainingMs: () => endsAt - epochMs(tools.clock.now()),
    facts: new Map<string, StepFacts>(),
  };
  tools.report({ event: 'started', order: order.record.id, run: run.id, formula: run.formula, resumed });
  if (driver.warning !== null) tools.report({ event: 'warning', text: driver.warning });
  const watching = watchClaim(tools, journal, lost);
  try {
    const ran = await runGraph(context, desired);
    if (!ran.ok) return { stopped: ran.failure };
    if (context.signal.aborted)
      return { stopped: stop.aborted ? 'interrupted' : { class: 'claim-lost', order: order.record.id } };
    return await finish(context, ran.value);
  } finally {
    lost.abort();
    await watching;
    await tools.runFiles.remove(context.run);
  }
}

const WATCH_MS = 500;

/** Ends the run when its order was cancelled or taken over. */
async function watchClaim(tools: Tools, journal: Journal, lost: AbortController): Promise<void> {
  let seen = await tools.ops.tip();
  while (!lost.signal.aborted) {
    await tools.clock.sleep(WATCH_MS, lost.signal);
    const tip = await tools.ops.tip();
    if (lost.signal.aborted || tip === seen) continue;
    seen = tip;
    if (!(await journal.held())) lost.abort();
  }
}

/** Commits the end of a run and its evidence in one commit. */
async function finish(context: RunContext, statuses: Statuses): Promise<Executed> {
  const { tools, journal, nodes, loaded } = context;
  const { record } = journal.order;
  const failure = (decidingFailure(nodes, statuses)?.failure ?? null) as Failure | null;
  const shipped = shippedBy(nodes, statuses);
  const outcome =
    failure !== null ? 'failed' : shipped === null ? 'completed' : 'noChange' in shipped ? 'no-change' : 'shipped';
  const at = tools.clock.now();
  const branch = shipped !== null && 'branch' in shipped && failure === null ? shipped.branch : null;
  const commit = shipped !== null && 'commit' in shipped && failure === null ? shipped.commit : null;
  const folder = evidencePath(record.run);
  const result = lastSnapshot(nodes, statuses) ?? context.base;
  const files = await evidenceFiles(context, statuses, { outcome, failure, branch, commit, endedAt: at, result });
  const next = nextOrder(record, { outcome, failure, branch, commit, at, folder }, loaded);
  const event = next.state === 'done' ? 'finish' : next.state === 'failed' ? 'fail' : 'park';
  const written = await journal.end({ event, to: next, files });
  if (!written.ok) return { stopped: written.failure };
  if (next.state === 'done') await dropSnapshots(context, statuses);
  tools.report({
    event: 'ended',
    order: record.id,
    outcome: next.state === 'waiting' ? 'waiting' : outcome,
    evidence: folder,
    ...(branch === null ? {} : { branch }),
    ...(commit === null ? {} : { commit }),
    ...(failure === null ? {} : { failure }),
    ...(next.state === 'waiting' && next.record.waiting.until !== undefined
      ? { retryAt: next.record.waiting.until as Instant }
      : {}),
  });
  return { order: next, failure };
}

interface End {
  readonly outcome: 'failed' | 'completed' | 'no-change' | 'shipped';
  readonly failure: Failure | null;
  readonly branch: string | null;
  readonly commit: string | null;
}

/** Where the order goes: to its end, or back into waiting when its failure recovers by itself and attempts are left. */
function nextOrder(
  record: OrderRecord,
  { outcome, failure, branch, commit, at, folder }: End & { at: Instant; folder: string },
  { formula }: LoadedFormula,
): StoredOrder {
  if (failure !== null) {
    const recovery = RECOVERY[failure.class];
    const failures = (record.failures ?? 0) + (recovery === 'wait' ? 0 : 1);
    const counted = { ...record, failures };
    if (recovery === 'wait') {
      // The work itself was not at fault, so no attempt is used up.
      const waiting = {
        since: at,
        on: 'time' as const,
        until: retryAt(at, record.attempts),
        reason: `${failure.class}; tries again`,
        failure,
      };
      return { state: 'waiting', record: { ...counted, waiting } };
    }
    if (recovery === 'retry' && failures < (formula.budget?.attempts ?? 1)) {
      const waiting = {
        since: at,
        on: 'time' as const,
        until: retryAt(at, failures),
        reason: `attempt ${String(record.attempts)} failed (${failure.class}); tries again`,
        failure,
      };
      return { state: 'waiting', record: { ...counted, waiting } };
    }
    return { state: 'failed', record: { ...counted, ended: { at, outcome: 'failed', evidence: folder, failure } } };
  }
  const ended = {
    at,
    outcome,
    evidence: folder,
    ...(branch === null ? {} : { branch }),
    ...(commit === null ? {} : { commit }),
  };
  return { state: 'done', record: { ...record, ended } };
}

function shippedBy(nodes: readonly Node[], statuses: Statuses): Shipped | null {
  const ship = nodes.find(({ kind }) => kind === 'ship');
  const status = ship === undefined ? undefined : statuses[ship.key];
  return status?.state === 'succeeded' ? (status.outputs as Shipped) : null;
}

/** The newest snapshot along the formula's order: what the run came to. */
function lastSnapshot(nodes: readonly Node[], statuses: Statuses): CommitId | null {
  for (const { key } of [...nodes].reverse()) {
    const status = statuses[key];
    if (status?.state === 'succeeded') return status.snapshot as CommitId;
  }
  return null;
}

async function evidenceFiles(
  context: RunContext,
  statuses: Statuses,
  end: End & { endedAt: string; result: CommitId },
): Promise<OpsCommit['files']> {
  const { tools, nodes, base, driver, journal } = context;
  const target = (end.commit ?? end.result) as CommitId;
  const changes = await tools.repository.changes(base, target);
  const patch = await tools.repository.patch(base, target, DIFF_BYTES);
  const folder = evidencePath(journal.order.record.run);
  const known = nodes.filter(({ key }) => context.facts.has(key));
  const steps = Object.fromEntries(
    known.map(({ key }) => {
      const { log, exitCode, imageDigest, files, notes } = factsOf(context, key);
      const facts = {
        log: logName(nodes, key),
        logDigest: `sha256:${tools.sha256(log)}`,
        files: files.map(({ name }) => name),
        notes,
      };
      return [
        key,
        {
          ...facts,
          ...(exitCode === undefined ? {} : { exitCode }),
          ...(imageDigest === undefined ? {} : { imageDigest }),
        },
      ];
    }),
  );
  const facts: RunFacts = {
    ...end,
    record: journal.order.record,
    nodes,
    statuses,
    changes: changes.ok ? changes.value : [],
    warnings: driver.warning === null ? [] : [driver.warning],
    steps,
    version: tools.version,
  };
  const statement = provenance(facts);
  return [
    { path: `${folder}/report.md`, content: completionReport(facts) },
    { path: `${folder}/run.json`, content: runJson(facts) },
    ...(statement === null ? [] : [{ path: `${folder}/provenance.json`, content: statement }]),
    ...(patch.ok && patch.value !== '' ? [{ path: `${folder}/diff.patch`, content: patch.value }] : []),
    ...known.map(({ key }) => ({ path: `${folder}/${logName(nodes, key)}`, content: factsOf(context, key).log })),
    ...known.flatMap(({ key }) =>
      factsOf(context, key).files.map(({ name, bytes }) => ({
        path: `${folder}/${logName(nodes, key).replace(/\.log$/, '')}/${name}`,
        content: bytes,
      })),
    ),
  ];
}

/** A shipped run's snapshots are in its commit; a failed run's are kept for whoever looks into it. */
async function dropSnapshots({ tools, nodes, journal }: RunContext, statuses: Statuses): Promise<void> {
  for (const { key } of nodes) {
    if (statuses[key]?.state !== 'succeeded') continue;
    const ref = stepRef(journal.order.record.run, key);
    const commit = await tools.repository.resolve(ref);
    if (commit !== null) await tools.repository.moveRef(ref, commit, null);
  }
}
