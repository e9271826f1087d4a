import type { VaultRequest } from '../../generated/types.js';
import { amountText, type Account } from '../../core/agents/budget.js';
import { isOverGranted, vouched } from '../../core/agents/grants.js';
import { formulaFacts } from '../../core/formula-facts.js';
import type { Node } from '../../core/graph.js';
import { ok, type Result } from '../../core/failure.js';
import { epochMs, type CommitId } from '../../core/ids.js';
import type { LoadedFormula } from '../../core/observed.js';
import { endOfTime, runBudgetMs } from '../../core/plan.js';
import { decide, unapprovable } from '../../core/policy.js';
import { baseOf, runId, type ActiveOrder } from '../../core/record.js';
import { inputsOf, type Desired } from '../desired.js';
import { readPauseAt } from '../observe.js';
import type { Tools } from '../tools.js';
import { firedGrants } from '../vault/recheck.js';
import { Ledger, spentSoFar } from './agents/ledger.js';
import type { RunContext, StepFacts } from './context.js';
import { finish, type Executed } from './finish.js';
import { Journal } from './journal.js';
import { runGraph } from './run-graph.js';
import { RunSecrets } from './secrets.js';
import { dropRefs, holdMerge } from './start.js';
import { requeue } from './start-over.js';
import { Trees } from './trees.js';

/** Takes what is left to do after a run; nothing waits for it but the end of the tick. */
export type Afterwards = (work: Promise<void>) => void;

/** How a claimed order is worked on. */
export interface Work {
  readonly signal: AbortSignal;
  readonly afterwards: Afterwards;
  readonly resumed: boolean;
  readonly approved: VaultRequest | null;
}

/** Runs a claimed order's graph to its end and writes down what became of it. Null: it starts anew, with other rules. */
export function runClaimed(
  tools: Tools,
  desired: Desired,
  order: ActiveOrder,
  loaded: LoadedFormula,
  nodes: readonly Node[],
  how: Work,
): Promise<Executed | null> {
  const { run } = order.record;
  const endsAt = endOfTime(run, runBudgetMs(loaded.formula, order.record.order));
  return underClaim(tools, desired, order, loaded, nodes, { ...how, endsAt }, async (context, trees) => {
    const held = await holdMerge(tools, run);
    if (!held.ok) return held;
    const ran = await runGraph(context, desired, trees);
    if (!ran.ok) return ran;
    const { value } = ran;
    if (value !== 'anew') return ok(() => finish(context, value));
    return ok(async () => {
      const why = 'the project changed how it wants to be worked on';
      const requeued = await requeue(tools, desired.project, context.journal.order, why);
      if (!requeued.ok) return { stopped: requeued.failure };
      await dropRefs(tools, run, Object.keys(run.steps));
      return null;
    });
  });
}

/**
 * Works on a claimed order for as long as the claim is held: renews the lease, and has the work end where the claim is lost, the project is paused or the runner is
 * told to stop. `work` answers how to write down what it came to, which is done only where nothing of that happened. `endsAt` is in milliseconds since the epoch.
 */
export async function underClaim(
  tools: Tools,
  desired: Desired,
  order: ActiveOrder,
  loaded: LoadedFormula,
  nodes: readonly Node[],
  how: Work & { readonly endsAt: number },
  work: (context: RunContext, trees: Trees) => Promise<Result<() => Promise<Executed | null>>>,
): Promise<Executed | null> {
  const { signal: stop, afterwards, resumed, approved, endsAt } = how;
  const { run } = order.record;
  const driver = await tools.sandbox(run.driver);
  const account = await accountOf(tools, desired, order, loaded);
  const ledger = new Ledger(loaded.formula.budget, account, (spent) => {
    tools.runFiles.keepSpent(runId(run), spent);
  });
  const journal = new Journal(tools, order, desired.project.runner?.lease ?? '5m', ledger);
  const [lost, paused] = [new AbortController(), new AbortController()];
  const context: RunContext = {
    tools,
    project: desired.project,
    policy: desired.policy,
    policyDigest: desired.policyDigest,
    loaded,
    nodes,
    inputs: inputsOf(loaded.formula, order.record.order.inputs),
    get base() {
      return baseOf(journal.order.record.run);
    },
    merge: run.merge ?? null,
    run: runId(run),
    journal,
    driver,
    signal: AbortSignal.any([stop, lost.signal, paused.signal]),
    remainingMs: () => endsAt - epochMs(tools.clock.now()),
    facts: new Map<string, StepFacts>(),
    secrets: new RunSecrets(tools.secrets, desired.project, desired.policy, loaded.formula),
    ledger,
    resumed,
    approved,
    asks: { request: null },
    begin: Promise.resolve(true),
  };
  tools.scanner.prepare();
  tools.report({ event: 'started', order: order.record.id, run: run.id, formula: run.formula, resumed });
  if (driver.warning !== null) tools.report({ event: 'warning', text: driver.warning });
  const trees = new Trees(context);
  const watching = watchClaim(tools, journal, lost, paused);
  // What cannot be watched any more is not gone on with; why is told at the end.
  watching.catch(() => {
    lost.abort();
  });
  let isOver = false;
  try {
    const worked = await work(context, trees);
    if (!worked.ok) return { stopped: worked.failure };
    if (lost.signal.aborted && !stop.aborted) return { stopped: { class: 'claim-lost', order: order.record.id } };
    if (context.signal.aborted) {
      const settled = await journal.settle();
      if (!settled.ok) return { stopped: settled.failure };
      return { stopped: stop.aborted ? 'interrupted' : 'paused' };
    }
    const executed = await worked.value();
    isOver = executed !== null && 'order' in executed;
    return executed;
  } finally {
    lost.abort();
    await watching;
    afterwards(cleanUp(context, trees, isOver));
  }
}

/**
 * What an order has used and may use. Grants count as far as people approved them; where the policy has nobody do that, whoever writes the record grants
 * them by hand.
 */
async function accountOf(
  tools: Tools,
  { policy }: Desired,
  order: ActiveOrder,
  { formula }: LoadedFormula,
): Promise<Account> {
  const { record } = order;
  const account = { ...record, spent: spentSoFar(tools, record) };
  if (record.granted === undefined) return account;
  const decision = decide(record.order, formulaFacts(formula), null, policy, tools.cel);
  if (unapprovable(policy, decision) !== null) return account;
  const found = await firedGrants(tools, policy, order);
  // What cannot be held to be approved now does not count now; where it is needed, people are asked again.
  const fired = found.ok ? found.value : [];
  if (!isOverGranted(record, fired)) return account;
  const granted = vouched(record, fired);
  const [says, counts] = [amountText(record.granted), amountText(granted)];
  tools.report({
    event: 'warning',
    text: `${record.id}: its record says that ${says} were granted; approved are ${counts}, and that counts`,
  });
  return { ...account, granted };
}

/** `isOver`: the order has left `active/`, with all that was used in its record. Anybody else who goes on with it has what was kept; sweeps take it away later. */
async function cleanUp({ tools, journal, run }: RunContext, trees: Trees, isOver: boolean): Promise<void> {
  const clear = async (): Promise<void> => {
    await trees.closeAll();
    await tools.runFiles.remove(run);
    if (isOver) await tools.runFiles.forget(run);
  };
  await Promise.all([journal.close(), clear()]);
}

const WATCH_MS = 500;
/** How often a run looks for what others decided. */
const SHARED_MS = 5_000;

/** Ends the run when its order was cancelled or taken over, and where a pause says that nothing goes on. */
async function watchClaim(
  tools: Tools,
  journal: Journal,
  lost: AbortController,
  paused: AbortController,
): Promise<void> {
  let seen: CommitId | null = null;
  while (!lost.signal.aborted) {
    await tools.clock.sleep(WATCH_MS, lost.signal);
    if (lost.signal.aborted) return;
    await journal.renew();
    // What others decided of the order comes in with what is fetched.
    await tools.sharing?.fresh(SHARED_MS);
    const tip = await tools.ops.tip();
    if (tip === null || tip === seen) continue;
    seen = tip;
    if (!(await journal.held())) lost.abort();
    else if ((await readPauseAt(tip, tools))?.now === true) paused.abort();
  }
}
